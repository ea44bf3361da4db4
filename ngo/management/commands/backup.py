from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.audit.operations import record
from cases.vault.refusals import Refused
from ngo.backup import BackupError
from ngo.backup.making import make_backup


class Command(BaseCommand):
    help = "Write everything into one file that opens only with a private key kept elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to; otherwise BACKUP_DIR")
        parser.add_argument(
            "--before-upgrade",
            action="store_true",
            help="the tables may be those of an earlier version: do not check the vault",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_backup(to=options["to"], check_vault=not options["before_upgrade"])
        except (BackupError, Refused) as refusal:
            record("backup.failed", by=None, detail=str(refusal))
            raise CommandError(str(refusal)) from refusal
        counts = ", ".join(f"{number} {name}" for name, number in made.manifest.counts.items())
        self.stdout.write(f"{made.path}\n{made.size} bytes: {counts}")
        self.stdout.write(f"sha256 {made.sha256}")
        if made.removed:
            self.stdout.write(f"{made.removed} old backup(s) removed.")
        if made.manifest.findings:
            self.stdout.write("The vault is not whole; call vault_check.")
