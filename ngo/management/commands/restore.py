import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.vault.refusals import Refused
from ngo.backup import BackupError, age
from ngo.backup.restoring import Restored, restore, secret_key_file
from ngo.backup.terminal import secrets_from

NO_LEDGER = (
    "NO LEDGER of erasures (erasures.log) lay beside the backup: who was erased after it was made is back. If you have "
    "the ledger, put it beside the backup and restore again, to an empty machine."
)


class Command(BaseCommand):
    help = "Restore a backup to an empty machine. Nothing that is there is ever overwritten."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="file with the private age key")
        parser.add_argument(
            "--pepper", type=Path, help="the pepper file, if it was kept; otherwise the shares are asked for"
        )
        parser.add_argument("--json", action="store_true", help="say it for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = age.identities(options["identity"])
            restored = restore(
                path=options["file"],
                keys=keys,
                secrets_of=lambda backup: secrets_from(options["pepper"], backup),
            )
        except (BackupError, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if not restored.ledger_beside:
            self.stderr.write(NO_LEDGER)
        self.stdout.write(_for_program(restored) if options["json"] else _for_people(restored))
        if restored.new_findings:
            sys.exit(1)


def _for_program(restored: Restored) -> str:
    said = {
        "counts": restored.backup.manifest.counts,
        "findings": {one.code: one.count for one in restored.findings},
        "new": [str(one) for one in restored.new_findings],
    }
    return json.dumps(said)


def _for_people(restored: Restored) -> str:
    manifest = restored.backup.manifest
    lines = [f"Restored as it was on {manifest.moment:%d %B %Y, %H:%M} UTC, by version {manifest.program}."]
    lines += [f"sha256 of the file: {restored.backup.sha256}"]
    lines += [", ".join(f"{number} {name}" for name, number in manifest.counts.items())]
    if restored.erasures:
        lines += [f"Erasures in the ledger: {restored.erasures}. Whoever they name was erased again."]
    old = [one for one in restored.findings if one not in restored.new_findings]
    lines += [f"As before the backup: {one}" for one in old]
    lines += [f"NEW: {one}" for one in restored.new_findings]
    if not restored.findings:
        lines += ["The vault is whole."]
    if secret_key_file().exists():
        lines += [f"The secret key of the server lies in {secret_key_file()}. Before make run:"]
        lines += [f"  export SECRET_KEY=$(cat {secret_key_file()}) TRUSTED_PROXIES=1"]
        lines += [
            "and BACKUP_RECIPIENTS, BACKUP_DIR as they were. Keep the values, and then delete that file."
        ]
    return "\n".join(lines)
