from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ngo.catalogues import Sources, SourceUnreadable, compile_catalogues, extract_strings, problems


class Command(BaseCommand):
    help = "Keep the French and Russian catalogues: extract the strings, compile what was translated, or check both."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("action", nargs="?", choices=["extract", "compile"])
        what.add_argument("--check", action="store_true", help="fail if anything is missing, fuzzy or stale")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = Sources(settings.BASE_DIR)
        try:
            if options["check"]:
                self.check_catalogues(sources)
            elif options["action"] == "extract":
                self.tell(extract_strings(sources))
            else:
                compile_catalogues(sources)
        except SourceUnreadable as problem:
            raise CommandError(f"No strings can be taken from {problem}.") from problem

    def check_catalogues(self, sources: Sources) -> None:
        found = problems(sources)
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"The translations are not complete: {len(found)} problems.")
        self.stdout.write("Every string is translated into French and Russian.")

    def tell(self, waiting: dict[str, int]) -> None:
        for language, count in waiting.items():
            self.stdout.write(f"{language}: {count} strings wait for a translation")
