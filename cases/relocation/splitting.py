"""Dividing people among applications of at most so many, households kept whole. Pure: no database, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

P = TypeVar("P")


@dataclass(frozen=True)
class Split(Generic[P]):
    """`parts`: each at most as many as are taken. `too_large`: households that no part can hold, to be talked about."""

    parts: Sequence[Sequence[P]]
    too_large: Sequence[Sequence[P]]


def split(households: Sequence[Sequence[P]], most: int) -> Split[P]:
    """The largest household first, each into the fullest part that still holds it (best fit decreasing)."""
    too_large = [household for household in households if len(household) > most]
    parts: list[list[P]] = []
    for household in sorted((one for one in households if 0 < len(one) <= most), key=len, reverse=True):
        room = [part for part in parts if len(part) + len(household) <= most]
        if room:
            max(room, key=len).extend(household)
        else:
            parts.append(list(household))
    return Split(parts, too_large)
