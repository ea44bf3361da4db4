import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ngo.backup.age import Identity


class Command(BaseCommand):
    help = (
        "Make a pair of age keys for backups: on another machine than the server, or straight onto a stick."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the private key goes; there must be nothing yet")

    def handle(self, *args: Any, **options: Any) -> None:
        key, path = Identity.generate(), options["file"]
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(f"# public key: {key.to_public()}\n{key}\n")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. No key was made.") from error
        self.stdout.write(
            f"The private key lies in {path}. Take it away from the server, and keep two copies."
        )
        self.stdout.write(f"The public key, for BACKUP_RECIPIENTS: {key.to_public()}")
