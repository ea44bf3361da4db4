from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases.documents.bench import invent, measure
from cases.documents.models import DocumentType
from cases.staff.models import User


class Command(BaseCommand):
    help = "Measure how long it takes to say where many invented people can go; they are taken away again at the end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=10_000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This makes invented people, so it runs in a demo only.")
        by, types = User.objects.first(), list(DocumentType.objects.values_list("code", flat=True))
        if by is None or not types:
            raise CommandError("The demo is not loaded yet. Begin with: make run")
        today = timezone.localdate()
        with transaction.atomic():
            measured = measure(invent(options["people"], types, today, by), today)
            transaction.set_rollback(True)
        self.stdout.write(
            f"{measured.people} people, {measured.papers} papers, {measured.options} answers, {measured.queries} queries: "
            f"{measured.seconds:.2f} s, {measured.seconds / measured.bare:.0f} times a bare loop over papers and destinations"
        )
