"""How a field of a zone agrees with what somebody typed."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile


class Agreement(StrEnum):
    SAME = "same"
    TRANSLITERATED = "same under a known table"
    """Other alphabet or other spelling, explained by the table that is named."""
    SOUNDS_ALIKE = "sounds alike, but no known table explains the spelling"
    SHORTER = "the zone holds only the beginning, or fewer of the names"
    PARTIAL = "the zone knows only a part of the date, and that agrees"
    DIFFERS = "differs"
    NOT_IN_ZONE = "the zone does not hold it"


@dataclass(frozen=True, slots=True, repr=False)
class Compared:
    """One field; `at` counts from 0 the first sign of the zone's value that differs from `expected`."""

    field: str
    agreement: Agreement
    zone: str
    typed: str
    scheme: str = ""
    expected: str = ""
    """What the zone would say if it agreed with what was typed."""
    at: int | None = None


def alike(zone: str, expected: str) -> int:
    """How many signs are the same before the first that differs."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(zone, expected, strict=False)))


def differs(field: str, zone: str, typed: str, expected: str) -> Compared:
    return Compared(field, Agreement.DIFFERS, zone, typed, expected=expected, at=alike(zone, expected))
