from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.vault import pepper, sealed_copies
from cases.vault.refusals import Refused
from ngo import postgres
from ngo.backup import BackupError, age
from ngo.backup.drilling import drill, newest_backup
from ngo.backup.examining import examine
from ngo.backup.restoring import secrets_by_shares
from ngo.backup.terminal import ask_shares


class Command(BaseCommand):
    help = (
        "Restore a backup beside the running system, check it, delete it, and record that it could be done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("file", nargs="?", type=Path)
        which.add_argument("--latest", action="store_true", help="the newest one in BACKUP_DIR")
        parser.add_argument("--identity", type=Path, help="file with the private age key")
        parser.add_argument(
            "--shares",
            action="store_true",
            help="also type the shares, to prove that they open the pepper in it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["identity"] is None:
            raise CommandError(
                "A drill needs the private age key, which does not lie on this machine: bring it on a stick, name it "
                "with --identity, and take it away afterwards. Nothing was tried."
            )
        try:
            path = newest_backup() if options["latest"] else options["file"]
            if options["shares"]:
                self.prove_shares(path, options["identity"])
            backup = drill(path=path, identity=options["identity"], pepper=settings.PEPPER_FILE)
        except (BackupError, Refused, postgres.PostgresError) as refusal:
            raise CommandError(str(refusal)) from refusal
        counts = ", ".join(f"{number} {name}" for name, number in backup.manifest.counts.items())
        self.stdout.write(f"{path.name} was restored, checked and deleted again: {counts}")
        if not options["shares"]:
            self.stdout.write(
                "The pepper was taken from this machine: --shares proves that the shares open it too."
            )

    def prove_shares(self, path: Path, identity: Path) -> None:
        backup = examine(path, age.identities(identity))
        opened = secrets_by_shares(ask_shares(), backup).pepper
        sealed_copies.require_same(pepper.load(), sealed_copies.check_of(opened))
        self.stdout.write("The shares open the pepper.")
