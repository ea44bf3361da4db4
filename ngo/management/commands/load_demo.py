from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.vault.operations import check_vault
from ngo.demo.accounts import ACCOUNTS
from ngo.demo.load import NotADemo, load
from ngo.demo.people import PEOPLE


class Command(BaseCommand):
    help = "Fill an empty database with invented people and five colleagues; do nothing where they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load()
        except NotADemo as error:
            raise CommandError("Demo data goes only into a demo database.") from error
        if loaded:
            # So that the first page does not say that nobody has looked yet.
            check_vault(by=None)
            self.stdout.write(f"Loaded the demo: {len(PEOPLE)} invented people, {len(ACCOUNTS)} colleagues.")
