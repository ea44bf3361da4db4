import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.vault import operations, queries
from cases.vault.models import Keyring


class Command(BaseCommand):
    help = "Say that the words of the first colleague's key were compared by voice; that colleague then makes the others known."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="user name of the colleague whose words are read out to you")

    def handle(self, *args: Any, **options: Any) -> None:
        keyring = Keyring.objects.filter(user__username=options["username"], user__is_active=True).first()
        if keyring is None:
            raise CommandError(
                f"There is no colleague {options['username']} who has a vault; nothing was changed. The command colleagues "
                "lists the accounts and their keys."
            )
        if not queries.unconfirmed(keyring):
            self.stdout.write("This key is known already; nothing was changed.")
            return
        for language, words in queries.fingerprints_of(keyring):
            self.stdout.write(f"{language}: {words}")
        self.stdout.write(
            "Call your colleague, and have the words of the key read out to you in one language."
        )
        answer = input("Are they the same? Type yes: ") if sys.stdin.isatty() else ""
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed: this needs a yes, typed at the terminal.")
        words = queries.fingerprint_of(keyring)
        operations.confirm_key(of=keyring.user, fingerprint=words, unlocked=None, by=None)
        self.stdout.write(
            "The key is known. This colleague can compare the words of others; what was lost comes back with vault_recover."
        )
