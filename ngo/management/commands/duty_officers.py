from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.staff.models import User
from cases.vault import officers, organisation
from cases.vault.operations import name_officers
from cases.vault.queries import public_keys
from cases.vault.refusals import Refused
from ngo.backup.terminal import ask_shares


class Command(BaseCommand):
    help = (
        "List the duty officers, or name them anew with the paper shares: any two together restore and open."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "usernames", nargs="*", help="user names of all who are to be on duty, two or more"
        )
        parser.add_argument("--none", action="store_true", help="end the duty of all")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["usernames"]
        if not names and not options["none"]:
            listed = ", ".join(user.told_apart for user in officers.officers())
            self.stdout.write(f"Duty officers: {listed or 'nobody'}")
            return
        if names and options["none"]:
            raise CommandError("Either user names or --none; nothing was changed.")
        users = [_find(name) for name in dict.fromkeys(names)]
        try:
            # What cannot work is said before anybody types shares.
            organisation.require_fit()
            public_keys(users, by=None)
            name_officers(users=users, root=ask_shares())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Done; everybody is told at the desk.")


def _find(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no colleague with the user name {username}; nothing was changed.")
    return user
