"""Compare what a zone says with what somebody typed, and say where the two differ."""

from collections.abc import Mapping
from datetime import date

from cases.documents.zones.agreement import Agreement, Compared, differs
from cases.documents.zones.compare_names import NAME_FIELDS, compare_name
from cases.documents.zones.dates import PartialDate
from cases.documents.zones.typed import CYRILLIC
from cases.documents.zones.zone import Zone

FIELDS = (*NAME_FIELDS, "number", "birth", "expiry", "issued")


def compare(zone: Zone, typed: Mapping[str, str | date]) -> tuple[Compared, ...]:
    """Compare field by field; empty values are left out. Raises ValueError on a field that is not in FIELDS.

    Dates are dates or ISO 8601 text.
    """
    if unknown := set(typed) - set(FIELDS):
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    given = {field: typed[field] for field in FIELDS if typed.get(field)}
    return tuple(compare_field(zone, field, value) for field, value in given.items())


def compare_field(zone: Zone, field: str, typed: str | date) -> Compared:
    values = zone.values
    if field in NAME_FIELDS:
        return compare_name(zone, field, str(typed))
    if field == "number":
        return compare_number(values.number, str(typed))
    dates = {"birth": values.birth, "expiry": values.expiry, "issued": values.issued}
    return compare_date(field, dates[field], typed)


def compare_number(number: str, typed: str) -> Compared:
    """Numbers as signs alone: blanks, dashes and № do not count, and a Cyrillic А is an A."""
    mine, its = signs(number), signs(typed)
    if not mine:
        return Compared("number", Agreement.NOT_IN_ZONE, "", typed)
    if mine == its:
        return Compared("number", Agreement.SAME, number, typed)
    return differs("number", mine, typed, its)


def signs(number: str) -> str:
    latin = "".join(CYRILLIC.get(char, char) for char in number.upper())
    return "".join(char for char in latin if char.isascii() and char.isalnum())


def compare_date(field: str, found: PartialDate | None, typed: str | date) -> Compared:
    text = typed.isoformat() if isinstance(typed, date) else typed.strip()
    if found is None or found == PartialDate():
        return Compared(field, Agreement.NOT_IN_ZONE, str(found or ""), text)
    if str(found) == text:
        return Compared(field, Agreement.SAME, text, text)
    try:
        meant = date.fromisoformat(text)
    except ValueError:
        return differs(field, str(found), text, text)
    if found.exact is None and found.agrees_with(meant):
        return Compared(field, Agreement.PARTIAL, str(found), text)
    return differs(field, str(found), text, text)
