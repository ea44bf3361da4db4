"""What the checks V16 and V17 ask of the people who were heard: pure, over what stands in clear.

V16: two referees were heard, one of them not from the person's group, and they do not know each other.
V17: two interviews, some days apart, held by different people, with the same questions.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations


class Missing(Enum):
    FIRST = "nobody was heard, or no interview was held"
    SECOND = "there is only one"
    OUTSIDER = "neither is known to be from outside the group"
    STRANGERS = "it is not known that they do not know each other"
    ACQUAINTED = "they know each other"
    DAYS = "they lie too close together"
    PEOPLE = "the same person held both"
    QUESTIONS = "they followed different questions"


@dataclass(frozen=True)
class Voice:
    """A referee who was heard; None where nobody knows."""

    from_group: bool | None
    knows_others: bool | None


@dataclass(frozen=True)
class Talk:
    """An interview that was held."""

    on: date
    by: Hashable
    frame: Hashable


def missing_of_referees(heard: Sequence[Voice]) -> list[Missing]:
    """What V16 still lacks, for the two referees who come nearest to it; [] once it has all."""
    return _number(heard) or _least(_of_two_voices(*pair) for pair in combinations(heard, 2))


def missing_of_interviews(held: Sequence[Talk], *, days: int) -> list[Missing]:
    """What V17 still lacks, for the two interviews that come nearest to it; [] once it has all."""
    return _number(held) or _least(_of_two_talks(*pair, days) for pair in combinations(held, 2))


def _number(found: Sequence[object]) -> list[Missing]:
    if len(found) > 1:
        return []
    return [Missing.SECOND if found else Missing.FIRST]


def _least(pairs: Iterable[list[Missing]]) -> list[Missing]:
    return min(pairs, key=len)


def _of_two_voices(one: Voice, other: Voice) -> list[Missing]:
    lacks = []
    if False not in (one.from_group, other.from_group):
        lacks.append(Missing.OUTSIDER)
    knows = (one.knows_others, other.knows_others)
    if True in knows:
        lacks.append(Missing.ACQUAINTED)
    elif None in knows:
        lacks.append(Missing.STRANGERS)
    return lacks


def _of_two_talks(one: Talk, other: Talk, days: int) -> list[Missing]:
    lacks = []
    if abs((one.on - other.on).days) < days:
        lacks.append(Missing.DAYS)
    if one.by == other.by:
        lacks.append(Missing.PEOPLE)
    if one.frame != other.frame:
        lacks.append(Missing.QUESTIONS)
    return lacks
