"""Which file fills which table, and how a row that was edited here is told from the file.

The day of verification is no part of that: who verifies a row again has not changed what it says.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
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
from cases.documents.reference.files import read_tables

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
NAMES = {model: name for name, model in MODELS.items()}


def table_of(row: Reference) -> str:
    return NAMES[type(row)]


def values_of(row: Reference) -> dict[str, Any]:
    return {column: getattr(row, column) for column in FILES[table_of(row)]}


def digest(values: Mapping[str, Any]) -> str:
    """Empty values do not count, so that a new column does not make every row look edited."""
    said = {
        column: str(value)
        for column, value in values.items()
        if column != "verified_on" and value is not None and value != "" and value is not False
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_edited(row: Reference) -> bool:
    """Whether it says something else than the file did when it was loaded; so does a row that was added here."""
    return digest(values_of(row)) != row.loaded


def in_file(row: Reference) -> Mapping[str, Any] | None:
    """Return what the file says of it today; None where it is in no file."""
    lines = read_tables()[table_of(row)]
    return next((line for line in lines if line["key"] == row.key), None)


def file_says_else(row: Reference) -> dict[str, Any]:
    """Return the columns in which the file says something else, with what it says."""
    ours, theirs = values_of(row), in_file(row) or {}
    return {
        column: value
        for column, value in theirs.items()
        if column != "verified_on" and digest({column: value}) != digest({column: ours[column]})
    }


def later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)
