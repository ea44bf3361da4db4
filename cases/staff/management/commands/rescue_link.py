import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.staff.models import Invitation, User
from cases.staff.operations import make_link

NO_ACCOUNT = (
    "There is no open account {name}; nothing was changed. The command colleagues lists the accounts."
)


class Command(BaseCommand):
    help = "Make a link for a new second factor, or a new password: where no administrator can log in to make one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--password", action="store_true", help="for a new password, not a second factor")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(NO_ACCOUNT.format(name=options["username"]))
        purpose = Invitation.Purpose.PASSWORD if options["password"] else Invitation.Purpose.FACTOR
        if options["password"]:
            self.stdout.write("Whoever opens the link chooses a new password for this account.")
        else:
            self.stdout.write("The second factor of this account ends, and its logins with it.")
        answer = input("Is it really this person who asks? Type yes: ") if sys.stdin.isatty() else ""
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed: this needs a yes, typed at the terminal.")
        token = make_link(user=user, purpose=purpose, by=None)
        self.stdout.write("Open this in a browser, once, within seven days; it ends with a login:")
        self.stdout.write(f"  {settings.SITE_URL}/join/{token}/")
