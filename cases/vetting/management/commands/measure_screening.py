from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.vault import pepper
from cases.vault.refusals import NoPepper
from cases.vetting.measure import PAIRS, Plan, measure


class Command(BaseCommand):
    help = "Measure taking in and asking a long list of invented people, in a database that is thrown away afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=f"holds {PAIRS}, or names/{PAIRS}")
        parser.add_argument("--entities", type=int, default=1_000_000)
        parser.add_argument("--people", type=int, default=300, help="so many are compared with the list")
        parser.add_argument(
            "--surnames", type=int, default=200_000, help="so many different ones on the list"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pepper.load()
        except NoPepper as refusal:
            raise CommandError(f"{refusal} Set the program up first, or start the demo once.") from None
        plan = Plan(*(options[name] for name in ("folder", "entities", "people", "surnames")))
        if not any((plan.folder / place / PAIRS).exists() for place in ("", "names")):
            raise CommandError(f"{PAIRS} is not in this folder.")
        self.stdout.write(f"{'what':<50} {'goal':>8}  figure")
        for what, goal, figure in measure(plan):
            self.stdout.write(f"{what:<50} {goal:>8}  {figure}")
