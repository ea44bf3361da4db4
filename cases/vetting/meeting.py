"""Which periods of service meet which incidents, and why. A meeting is a question for the interviewer, never a verdict.

Units and time make a meeting, a place strengthens it; a place and the time alone make a weaker one: the person was nearby.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

from cases.vetting.place_names import same_places
from cases.vetting.spans import Span, span
from cases.vetting.unit_names import UnitKey, own_keys
from cases.vetting.unit_names import unit_key as unit_key


class UnitHow(IntEnum):
    """How the unit of the period stands to a unit of the incident; the higher, the closer."""

    NONE = 0
    SUB = 1
    PARENT = 2
    SAME = 3


class PlaceHow(IntEnum):
    OTHER = 0
    UNKNOWN = 1
    SAME = 2


class TimeHow(IntEnum):
    PERHAPS = 0
    SURELY = 1


@dataclass(frozen=True)
class Unit:
    id: str
    name: str
    number: str = ""
    spellings: tuple[str, ...] = ()
    parent: str | None = None

    @cached_property
    def keys(self) -> frozenset[UnitKey]:
        return own_keys(self.number, self.name, self.spellings)[0]


@dataclass(frozen=True)
class Incident:
    id: str
    what: str
    units: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    region: str = ""
    begins: str = ""
    ends: str = ""

    @cached_property
    def span(self) -> Span:
        return span(self.begins, self.ends)

    @property
    def where(self) -> tuple[str, ...]:
        return (*self.places, self.region) if self.region else self.places


@dataclass(frozen=True)
class Register:
    """The whole register in memory: what is looked for in it never leaves this process."""

    units: Mapping[str, Unit]
    incidents: Sequence[Incident]

    @cached_property
    def marks(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            for mark in {key.mark for key in unit.keys}:
                found.setdefault(mark, []).append(unit.id)
        return found

    @cached_property
    def parts(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            if unit.parent:
                found.setdefault(unit.parent, []).append(unit.id)
        return found

    def named(self, keys: Iterable[UnitKey]) -> set[str]:
        """The units that one of these keys can mean."""
        return {
            known
            for key in keys
            for known in self.marks.get(key.mark, ())
            if any(key.fits(other) for other in self.units[known].keys)
        }

    def above(self, units: Iterable[str]) -> set[str]:
        """The units these belong to, to the top."""
        return _reached(units, lambda one: [self.units[one].parent])

    def below(self, units: Iterable[str]) -> set[str]:
        """The parts of these units, to the smallest."""
        return _reached(units, lambda one: self.parts.get(one, []))


@dataclass(frozen=True)
class Reason:
    """A code and what it was judged by; `meeting_words` says it in the reader's language."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    period: int
    incident: str
    unit: UnitHow
    place: PlaceHow
    time: TimeHow
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def strength(self) -> tuple[int, int, int]:
        return (self.unit, self.place, self.time)


@dataclass(frozen=True)
class _Served:
    """The units of one period, as the register knows them."""

    own: set[str]
    above: set[str]
    below: set[str]


def meetings(periods: Sequence[Mapping[str, Any]], register: Register) -> list[Meeting]:
    """Every period with every incident it meets, the strongest first."""
    found = [
        meeting for number, period in enumerate(periods) for meeting in _of_period(number, period, register)
    ]
    return sorted(found, key=lambda one: ([-part for part in one.strength], one.incident, one.period))


def _of_period(number: int, period: Mapping[str, Any], register: Register) -> Iterator[Meeting]:
    served = _served(period, register)
    time = span(_text(period, "from"), _text(period, "to"))
    places = [_text(period, "place")] if _text(period, "place") else []
    for incident in register.incidents:
        if not time.may_meet(incident.span):
            continue
        unit, unit_reason = _by_unit(served, incident, register)
        place, place_reason = _by_place(places, incident)
        if unit is UnitHow.NONE and not (place is PlaceHow.SAME and _is_dated(time, incident.span)):
            continue
        sure = time.surely_meets(incident.span)
        when = Reason("time_surely" if sure else "time_perhaps")
        reasons = tuple(filter(None, (unit_reason, place_reason, when)))
        yield Meeting(number, incident.id, unit, place, TimeHow(sure), reasons)


def _served(period: Mapping[str, Any], register: Register) -> _Served:
    spellings = [str(one) for one in period.get("unit_spellings") or []]
    own, stated = own_keys(_text(period, "unit_number"), _text(period, "unit_name"), spellings)
    units = register.named(own)
    higher = register.named(stated)
    above = register.above(units) | higher | register.above(higher)
    return _Served(units, above - units, register.below(units) - units)


def _by_unit(served: _Served, incident: Incident, register: Register) -> tuple[UnitHow, Reason | None]:
    for how, units, code in (
        (UnitHow.SAME, served.own, "unit_same"),
        (UnitHow.PARENT, served.above, "unit_parent"),
        (UnitHow.SUB, served.below, "unit_sub"),
    ):
        if met := incident.units & units:
            return how, Reason(code, tuple(sorted(register.units[one].name for one in met)))
    return UnitHow.NONE, Reason("unit_none")


def _by_place(places: Sequence[str], incident: Incident) -> tuple[PlaceHow, Reason]:
    if not places or not incident.where:
        return PlaceHow.UNKNOWN, Reason("place_unknown")
    if met := same_places(places, incident.where):
        return PlaceHow.SAME, Reason("place_same", met)
    return PlaceHow.OTHER, Reason("place_other", (places[0], incident.where[0]))


def _is_dated(*times: Span) -> bool:
    """Without any day on one side, being nearby says nothing: everybody was somewhere once."""
    return all(time.earliest or time.latest for time in times)


def _reached(start: Iterable[str], steps: Any) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        for one in steps(waiting.pop()):
            if one and one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _text(period: Mapping[str, Any], name: str) -> str:
    return str(period.get(name) or "").strip()
