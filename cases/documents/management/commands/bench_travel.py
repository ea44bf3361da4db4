from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cases.documents.bench import invented, measure
from cases.documents.reference.files import read_rules


class Command(BaseCommand):
    help = "Measure how long it takes to say where many invented people can go, by the rules of the files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=10_000)

    def handle(self, *args: Any, **options: Any) -> None:
        rules, today = read_rules(), timezone.localdate()
        measured = measure(rules, today, invented(rules, today, options["people"]))
        self.stdout.write(
            f"{measured.people} people with {measured.papers} papers, {measured.destinations} destinations: "
            f"{measured.options} options in {measured.seconds:.2f} s, "
            f"{measured.options / measured.seconds:.0f} a second, "
            f"{measured.ratio:.1f} times a bare loop over papers and destinations."
        )
