from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.documents.operations.reference import Loaded, load_reference
from cases.documents.reference.files import BadFile


class Command(BaseCommand):
    help = (
        "Load the reference data from its files; may be run again and again, and keeps what was edited here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, help="read all files from this folder instead of those of the program"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference(folder=options["folder"])
        except BadFile as error:
            raise CommandError(f"The reference data was not loaded, nothing was changed. {error}") from error
        for sentence in _sentences(loaded, talkative=options["verbosity"] > 0):
            self.stdout.write(sentence)


def _sentences(loaded: Loaded, *, talkative: bool) -> list[str]:
    said = []
    if loaded.added:
        said.append(f"Reference data: {_rows(loaded.added)} added.")
    if loaded.updated:
        said.append(f"Reference data: {_rows(loaded.updated)} brought up to date: {_named(loaded.updated)}.")
    if talkative and not said:
        said.append(f"Reference data: nothing to do, the files hold {loaded.rows} rows.")
    if talkative and loaded.kept:
        said.append(f"Edited here and kept: {_named(loaded.kept)}.")
    if loaded.differs:
        said.append(
            f"Edited here, and the file now says something else: {_named(loaded.differs)}. "
            "Nothing was overwritten: open each in the admin panel, compare, and save."
        )
    if loaded.gone:
        said.append(
            f"No longer in the files, but still in force here: {_named(loaded.gone)}. "
            "To close one, set its last day in the admin panel."
        )
    return said


def _rows(names: list[str]) -> str:
    return "1 row" if len(names) == 1 else f"{len(names)} rows"


def _named(names: list[str]) -> str:
    return ", ".join(names)
