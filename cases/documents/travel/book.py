"""The rules as they stand on one day, laid out so that many people can be answered quickly."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from cases.documents.travel.rules import (
    AreaMember,
    EntryRule,
    RemedyRule,
    Row,
    Rules,
    SafetyRule,
    TypeFacts,
    VisaRule,
)

ANY = "ANY"
# Nobody here is helped by a way back to the army.
NEVER = frozenset({"RU"})

R = TypeVar("R", bound=Row)


class Rulebook:
    """Build it once a day and rules; it is asked by destination and type of document.

    Ages are told by the place in `ages_from`, the ages at which any rule of the day begins or ends.
    """

    def __init__(self, rules: Rules, on: date) -> None:
        self.on = on
        self.rules = rules
        self.types: dict[str, TypeFacts] = {row.code: row for row in rules.types}
        self._entries = _by_document(self._today(rules.entries))
        self._members: dict[str, list[AreaMember]] = defaultdict(list)
        for member in self._today(rules.members):
            self._members[member.country].append(member)
        bounds = (bound for row in self._today(rules.entries) for bound in (row.age_from, row.age_below))
        self.ages_from = [0, *sorted({bound for bound in bounds if bound})]

    def _today(self, rows: Iterable[R]) -> tuple[R, ...]:
        return tuple(row for row in rows if row.in_force(self.on))

    @cached_property
    def destinations(self) -> tuple[str, ...]:
        """Every place that any row of any day names, so that two days can be compared."""
        named = {row.destination for row in self.rules.entries if is_place(row.destination)}
        return tuple(sorted((named | {row.country for row in self.rules.members}) - NEVER))

    @cached_property
    def ever_named(self) -> frozenset[str]:
        """The types of document of which the entry rules of any day speak."""
        return frozenset(row.document for row in self.rules.entries)

    def area_rows(self, destination: str) -> list[AreaMember]:
        return self._members.get(destination, [])

    def levels(self, destination: str) -> tuple[tuple[str, ...], ...]:
        """Whose rows speak for the destination, the nearest first: its own, those of its areas, those for all."""
        areas = tuple(member.area for member in self.area_rows(destination))
        return ((destination,), areas, (ANY,)) if areas else ((destination,), (ANY,))

    def rows_at(self, destination: str, document: str, age_place: int) -> list[EntryRule]:
        """The rows that decide at an age, all of one level; a row for certain ages stands above one for all."""
        age, rows = self.ages_from[age_place], self._entries.get(document)
        for places in self.levels(destination) if rows else ():
            fitting = [row for place in places for row in rows.get(place, ()) if for_age(row, age)]
            if fitting:
                return [row for row in fitting if has_ages(row)] or fitting
        return []

    def nearest_row(self, destination: str, document: str) -> Row | None:
        """What can be cited where no row decides: one for another age, or what is known of the type."""
        rows = self._entries.get(document, {})
        for places in self.levels(destination):
            for place in places:
                if rows.get(place):
                    return rows[place][0]
        return self.types.get(document)

    def rows_naming(self, destination: str) -> tuple[Row, ...]:
        """Rows of any day by which the destination is known at all."""
        entries = (row for row in self.rules.entries if row.destination == destination)
        members = (row for row in self.rules.members if row.country == destination)
        return (*entries, *members)

    def documents(self) -> Iterable[str]:
        return self._entries.keys()

    def visas_of_type(self, visa: str) -> tuple[VisaRule, ...]:
        return tuple(row for rows in self._visas_by_place.values() for row in rows if row.visa == visa)

    @cache  # noqa: B019 - a rulebook lives as long as one page or one list
    def covered(self, place: str) -> tuple[str, ...]:
        return tuple(name for name in self.destinations if self.covers(place, name))

    def visa_rows(self, destination: str) -> tuple[VisaRule, ...]:
        return self._covering(self._visas_by_place, destination)

    def remedies(self, destination: str) -> tuple[RemedyRule, ...]:
        """In the order in which they are to be tried."""
        found = self._covering(self._remedies_by_place, destination)
        return tuple(sorted(found, key=lambda row: (row.order, row.key)))

    def safety(self, destination: str) -> tuple[SafetyRule, ...]:
        return self._covering(self._safety_by_place, destination)

    def covers(self, place: str, destination: str) -> bool:
        """Whether a place of a rule, a country, an area or ANY, takes the destination in."""
        return any(place in places for places in self.levels(destination))

    def through(self, place: str, destination: str) -> tuple[AreaMember, ...]:
        """The membership by which a row of an area speaks for the destination."""
        return tuple(member for member in self.area_rows(destination) if member.area == place)

    def age_places(self, ages: tuple[int, int]) -> range:
        youngest, oldest = ages
        return range(bisect_right(self.ages_from, youngest) - 1, bisect_right(self.ages_from, oldest))

    def _covering(self, by_place: dict[str, list[R]], destination: str) -> tuple[R, ...]:
        places = (place for level in self.levels(destination) for place in level)
        return tuple(row for place in places for row in by_place.get(place, ()))

    @cached_property
    def _visas_by_place(self) -> dict[str, list[VisaRule]]:
        return _by(self._today(self.rules.visas), "destination")

    @cached_property
    def _remedies_by_place(self) -> dict[str, list[RemedyRule]]:
        return _by(self._today(self.rules.remedies), "destination")

    @cached_property
    def _safety_by_place(self) -> dict[str, list[SafetyRule]]:
        return _by(self._today(self.rules.safety), "country")


def is_place(name: str) -> bool:
    """Whether it is a country or a part of one with its own border (GE-AB), not an area and not ANY."""
    return len(name.partition("-")[0]) == 2


def for_age(row: EntryRule, age: int) -> bool:
    return (row.age_from is None or row.age_from <= age) and (row.age_below is None or age < row.age_below)


def has_ages(row: EntryRule) -> bool:
    return row.age_from is not None or row.age_below is not None


def _by_document(rows: Iterable[EntryRule]) -> dict[str, dict[str, list[EntryRule]]]:
    found: dict[str, dict[str, list[EntryRule]]] = {}
    for row in rows:
        found.setdefault(row.document, {}).setdefault(row.destination, []).append(row)
    return found


def _by(rows: Iterable[R], attribute: str) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, attribute)].append(row)
    return dict(found)
