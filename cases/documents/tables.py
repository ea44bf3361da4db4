"""Which file fills which table, and how a row that was edited here is told from the file.

The day of verification is no part of that: who verifies a row again has not changed what it says.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cases.documents.models import (
    AreaMember,
    DocumentType,
    EntryRule,
    ExitRule,
    Reference,
    RemedyRule,
    SafetyRule,
    StayRule,
    VisaRule,
)
from cases.documents.reference.columns import FILES
from cases.documents.reference.files import HERE, Check, Columns, Tables, check_names, read_files

MODELS: dict[str, type[Reference]] = {
    "document_types": DocumentType,
    "area_members": AreaMember,
    "entry_rules": EntryRule,
    "visa_rules": VisaRule,
    "remedies": RemedyRule,
    "stay_rules": StayRule,
    "exit_rules": ExitRule,
    "safety_rules": SafetyRule,
}


@dataclass(frozen=True)
class Shelf:
    """The tables of one slice, and the folder of the files that fill them; the names of tables are unique."""

    folder: Path
    models: Mapping[str, type[Reference]]
    files: Mapping[str, Columns]
    check: Check | None = None

    def read(self, folder: Path | None = None) -> Tables:
        """Return the rows of its files, or of those of the same names in another folder; raises BadFile."""
        return read_files(folder or self.folder, self.files, self.check)


SHELVES: list[Shelf] = [Shelf(HERE, MODELS, FILES, check_names)]


def register_shelf(shelf: Shelf) -> None:
    """A higher slice registers its own in `AppConfig.ready()`; it is loaded and kept with the others."""
    SHELVES.append(shelf)


def all_models() -> dict[str, type[Reference]]:
    return {name: model for shelf in SHELVES for name, model in shelf.models.items()}


def table_of(row: Reference) -> str:
    return next(name for name, model in all_models().items() if model is type(row))


def values_of(row: Reference) -> dict[str, Any]:
    return {column: getattr(row, column) for column in _shelf_of(row).files[table_of(row)]}


def digest(values: Mapping[str, Any]) -> str:
    """Empty values do not count, so that a new column does not make every row look edited."""
    said = {
        column: str(value)
        for column, value in values.items()
        if column != "verified_on"
        and value is not None
        and value is not False
        and value != ""
        and value != []
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_edited(row: Reference) -> bool:
    """Whether it says something else than the file did when it was loaded; so does a row that was added here."""
    return digest(values_of(row)) != row.loaded


def in_file(row: Reference) -> Mapping[str, Any] | None:
    """Return what the file says of it today; None where it is in no file."""
    lines = _shelf_of(row).read()[table_of(row)]
    return next((line for line in lines if line["key"] == row.key), None)


def file_says_else(row: Reference) -> dict[str, Any]:
    """Return the columns in which the file says something else, with what it says."""
    ours, theirs = values_of(row), in_file(row) or {}
    return {
        column: value
        for column, value in theirs.items()
        if column != "verified_on" and digest({column: value}) != digest({column: ours[column]})
    }


def _shelf_of(row: Reference) -> Shelf:
    return next(shelf for shelf in SHELVES if type(row) in shelf.models.values())


def later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)
