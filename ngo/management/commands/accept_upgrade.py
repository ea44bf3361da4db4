from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.audit.operations import record
from cases.audit.standing import standing
from cases.vault.operations import check_vault
from ngo.backup.manifest import program_version

# Who holds what is for people to mend, and no upgrade can have changed it.
FOR_PEOPLE = {"thin_safes", "closed_accounts"}


class Command(BaseCommand):
    help = "Called by `make upgrade`: refuse when the vault has faults that it did not have before."

    def handle(self, *args: Any, **options: Any) -> None:
        before = dict(standing().faults)
        found = check_vault(by=None)
        new = [one for one in found if one.code not in FOR_PEOPLE and one.count > before.get(one.code, 0)]
        if new:
            raise CommandError(
                "After the upgrade the vault is not whole: " + " ".join(str(one) for one in new)
            )
        record("backup.upgraded", by=None, detail=f"version {program_version()}")
