from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.documents.zones.measure import MeasureError, measure, read_corpus, report


class Command(BaseCommand):
    help = "Measure the reader of machine-readable zones against a CSV file of labelled lines, or a folder of them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            corpus = read_corpus(options["path"])
        except MeasureError as error:
            raise CommandError(str(error)) from error
        for line in report(measure(corpus, today=timezone.localdate())):
            self.stdout.write(line)
