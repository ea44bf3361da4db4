from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.staff.management.commands.rescue_link import NO_ACCOUNT
from cases.staff.models import User
from cases.staff.operations import let_in_from_terminal


class Command(BaseCommand):
    help = "Ends a freeze or a journey where too few colleagues are left to do it. Everybody is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(NO_ACCOUNT.format(name=options["username"]))
        if not let_in_from_terminal(user=user):
            raise CommandError(f"The account {user.username} is not shut.")
        self.stdout.write(f"{user.username} can log in again. Everybody is told at the desk.")
