"""Whether two entry rules speak against each other. Not by chance of order: a country's row stands above its area's,
and a row for certain ages above one for all."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from cases.documents.travel.rules import EntryRule

OLDEST = 200


def clashes(rows: Iterable[EntryRule]) -> list[tuple[EntryRule, EntryRule]]:
    return [(one, other) for one, other in combinations(rows, 2) if clash(one, other)]


def clash(one: EntryRule, other: EntryRule) -> bool:
    """Whether on some day and at some age two rows of one standing have different effects."""
    return (
        (one.destination, one.document) == (other.destination, other.document)
        and one.effect != other.effect
        and _has_ages(one) == _has_ages(other)
        and _days(one)[0] <= _days(other)[1]
        and _days(other)[0] <= _days(one)[1]
        and _ages(one)[0] < _ages(other)[1]
        and _ages(other)[0] < _ages(one)[1]
    )


def _days(row: EntryRule) -> tuple[date, date]:
    return row.begins or date.min, row.ends or date.max


def _ages(row: EntryRule) -> tuple[int, int]:
    return row.age_from or 0, OLDEST if row.age_below is None else row.age_below


def _has_ages(row: EntryRule) -> bool:
    return row.age_from is not None or row.age_below is not None
