import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.vault.operations import check_vault


class Command(BaseCommand):
    help = "Check that the vault is whole: holders, keys, what was sealed and what was recorded of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="say it for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_vault(by=None)
        if options["json"]:
            said = [{"code": one.code, "count": one.count, "sentence": str(one)} for one in findings]
            self.stdout.write(json.dumps({"whole": not findings, "findings": said}))
        elif findings:
            for finding in findings:
                self.stdout.write(str(finding))
        else:
            self.stdout.write("The vault is whole.")
        if findings:
            sys.exit(1)
