"""Days known to the day, the month or the year only, and the time between two of them."""

import calendar
from dataclasses import dataclass
from datetime import date


def first_day(written: str) -> date | None:
    """The earliest day that "2022-03-05", "2022-03" or "2022" can mean; None for what is no such text."""
    parts = _parts(written)
    return date(*parts, *[1] * (3 - len(parts))) if parts else None


def last_day(written: str) -> date | None:
    """The latest day it can mean."""
    parts = _parts(written)
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def _parts(written: str) -> list[int]:
    shape = written.split("-")
    if [len(part) for part in shape] not in ([4], [4, 2], [4, 2, 2]):
        return []
    if not all(part.isascii() and part.isdigit() for part in shape):
        return []
    try:
        date(*(int(part) for part in [*shape, "01", "01"][:3]))
    except ValueError:
        return []
    return [int(part) for part in shape]


@dataclass(frozen=True)
class Span:
    """A time of which beginning and end may be vague; None is an end that nobody knows, or that has not come."""

    earliest: date | None
    latest: date | None
    # The part that it covers in any case: None where no day is certain.
    surely_from: date | None = None
    surely_to: date | None = None

    def may_meet(self, other: "Span") -> bool:
        """Whether the two can have a day in common."""
        return _before(self.earliest, other.latest) and _before(other.earliest, self.latest)

    def surely_meets(self, other: "Span") -> bool:
        """Whether the two have a day in common whatever the vague dates mean."""
        certain = (self.surely_from, self.surely_to, other.surely_from, other.surely_to)
        if None in certain:
            return False
        return _before(self.surely_from, other.surely_to) and _before(other.surely_from, self.surely_to)


def span(begins: str, ends: str) -> Span:
    """The time from `begins` to `ends`, each written as `first_day` reads it, or empty where unknown."""
    surely_from, surely_to = last_day(begins), first_day(ends)
    if surely_from and surely_to and surely_from > surely_to:
        surely_from = surely_to = None
    return Span(first_day(begins), last_day(ends), surely_from, surely_to)


def _before(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one <= other
