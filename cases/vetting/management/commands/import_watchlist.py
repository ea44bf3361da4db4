import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from cases.vetting.models import ListImport
from cases.vetting.operations.watchlists import begin_import, run_import
from cases.vetting.screening.problems import BadList, line_said, said
from cases.vetting.screening.refusals import ListUnderWay

WIDTH = 40


class Command(BaseCommand):
    help = (
        "Take in a list of wanted or sanctioned people: targets.simple.csv, or entities as JSON lines. "
        "May be run again with each new file: only what changed is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--index", type=Path, help="the index.json that came with it: size and checksum")
        parser.add_argument(
            "--list",
            default="",
            help="a short name; files of one name replace each other (default: the file's)",
        )
        parser.add_argument(
            "--may-shrink", action="store_true", help="end entries even where most of them are gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        slug = slugify(options["list"] or path.name.partition(".")[0])[:60]
        if not slug:
            raise CommandError("Say with --list how the list is to be called.")
        try:
            index = options["index"].read_bytes() if options["index"] else None
            with path.open("rb") as file:
                started = begin_import(
                    slug=slug, by=None, file_name=path.name, may_shrink=options["may_shrink"]
                )
                bar = self._bar if options["verbosity"] > 0 and sys.stderr.isatty() else None
                run_import(started=started, file=file, index=index, progress=bar)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except (BadList, ListUnderWay) as refusal:
            raise CommandError(str(refusal)) from refusal
        for sentence in _sentences(started):
            self.stdout.write(sentence)

    def _bar(self, done: int, total: int) -> None:
        part = min(1.0, done / total) if total else 1.0
        filled = int(part * WIDTH)
        end = "\n" if done >= total else ""
        self.stderr.write(f"\r[{'=' * filled}{' ' * (WIDTH - filled)}] {part:4.0%}{end}", ending="")
        self.stderr.flush()


def _sentences(started: ListImport) -> list[str]:
    return [
        f"{started.watchlist.slug}: {started.added} added, {started.changed} changed, {started.ended} ended, "
        f"{started.unchanged} unchanged; {started.others} are no people and were left out.",
        *(said(note) for note in started.notes),
        *([f"{started.wrong} lines were left out:"] if started.wrong else []),
        *(line_said(line, code) for line, code in started.wrong_lines),
    ]
