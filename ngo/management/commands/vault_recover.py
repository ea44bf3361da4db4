from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.applicants.models import Applicant
from cases.staff.management.commands.rescue_link import NO_ACCOUNT
from cases.staff.models import User
from cases.vault import organisation
from cases.vault.models import Safe
from cases.vault.officers import lost_to
from cases.vault.operations import recover_colleague, recover_safes
from cases.vault.queries import public_keys
from cases.vault.refusals import NothingLost, Refused
from ngo.backup.terminal import ask_shares

START_OVER = (
    "The present key of this colleague opens everything. If its words and sheet are lost, the colleague logs in, chooses "
    "Start over and reads you the words of the new key (confirm_key); then call this again."
)


class Command(BaseCommand):
    help = (
        "With the paper shares: let a colleague open again what was lost with the keys, or let one into given cases. "
        "The colleague has set up a vault, and the words of its key were compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="user name of the colleague who is to open it")
        parser.add_argument(
            "--case", action="append", default=[], metavar="PSEUDONYM", help="a case instead; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        colleague = User.objects.filter(username=options["username"], is_active=True).first()
        if colleague is None:
            raise CommandError(NO_ACCOUNT.format(name=options["username"]))
        safes = _safes_of(options["case"])
        try:
            number = self.recover(colleague, safes)
        except NothingLost as refusal:
            raise CommandError(f"{refusal} {START_OVER}") from refusal
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{colleague.told_apart} can open {number} sealed parts again, with the words of the key that "
            "was known before this; everybody is told."
        )

    def recover(self, colleague: User, safes: list[Safe]) -> int:
        # What cannot work is said before anybody types shares.
        organisation.require_fit()
        public_keys([colleague], by=None)
        if not safes and not lost_to(colleague).exists():
            raise NothingLost
        keys = organisation.keys_behind(ask_shares())
        reason = "paper shares at the terminal"
        if safes:
            return recover_safes(safes=safes, to=colleague, keys=keys, reason=reason)
        return recover_colleague(colleague=colleague, keys=keys, reason=reason, by=None)


def _safes_of(pseudonyms: list[str]) -> list[Safe]:
    safes = []
    for pseudonym in pseudonyms:
        found = Applicant.objects.filter(pseudonym__iexact=pseudonym)
        applicant = found.select_related("identity_safe", "account_safe").first()
        if applicant is None:
            raise CommandError(f"There is no case with the pseudonym {pseudonym}; nothing was changed.")
        safes += [applicant.identity_safe, applicant.account_safe]
    return safes
