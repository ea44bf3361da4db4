"""From plain values, of a file or of the database, to the dated rows that the rules of travel are asked with."""

from collections.abc import Iterable, Mapping
from dataclasses import Field, fields
from enum import StrEnum
from typing import Any, TypeVar

from cases.documents.travel.rules import (
    AreaMember,
    EntryRule,
    ExitRule,
    RemedyRule,
    Row,
    Rules,
    SafetyRule,
    StayRule,
    Text,
    TypeFacts,
    VisaRule,
)

Values = Mapping[str, Any]
R = TypeVar("R", bound=Row)

# Table -> the dataclass of its rows, and their place in `Rules`.
KINDS: dict[str, tuple[type[Row], str]] = {
    "document_types": (TypeFacts, "types"),
    "area_members": (AreaMember, "members"),
    "entry_rules": (EntryRule, "entries"),
    "visa_rules": (VisaRule, "visas"),
    "remedies": (RemedyRule, "remedies"),
    "stay_rules": (StayRule, "stays"),
    "exit_rules": (ExitRule, "exits"),
    "safety_rules": (SafetyRule, "safety"),
}


def to_rules(tables: Mapping[str, Iterable[Values]]) -> Rules:
    """Return the rows of all tables; values may hold more columns than a row needs."""
    rows: dict[str, Any] = {
        place: tuple(to_row(kind, values) for values in tables[table])
        for table, (kind, place) in KINDS.items()
    }
    return Rules(**rows)


def columns(table: str) -> list[str]:
    """Return which columns of a table the rows are made of."""
    return [name for field in fields(KINDS[table][0]) for name in _columns(field)]


def _columns(field: Field[Any]) -> list[str]:
    if field.type is Text:
        return [f"{field.name}_{language}" for language in ("en", "fr", "ru")]
    return [field.name]


def to_row(kind: type[R], values: Values) -> R:
    return kind(**{field.name: _value(field, values) for field in fields(kind)})


def _value(field: Field[Any], values: Values) -> Any:
    if field.type is Text:
        return Text(*(values[name] for name in _columns(field)))
    if isinstance(field.type, type) and issubclass(field.type, StrEnum):
        return field.type(values[field.name])
    return values[field.name]
