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
ONE_JOURNEY = "single"
# Nobody here is helped by a way back to the army.
NEVER = frozenset({"RU"})

R = TypeVar("R", bound=Row)


class Rulebook:
    """Made once for a day; it is asked by destination and type of document."""

    def __init__(self, rules: Rules, on: date) -> None:
        self.on = on
        self.rules = rules
        self.types: dict[str, TypeFacts] = {row.code: row for row in rules.types}
        self._entries = _by_document(self._today(rules.entries))
        self._members = _by(self._today(rules.members), "country")
        self._visas = _by(self._today(rules.visas), "destination")
        self._remedies = _by(self._today(rules.remedies), "destination")
        self._safety = _by(self._today(rules.safety), "country")
        self.levels = cache(self._levels)
        self.covered = cache(self._covered)

    def _today(self, rows: Iterable[R]) -> tuple[R, ...]:
        return tuple(row for row in rows if row.in_force(self.on))

    def role(self, document: str) -> str:
        facts = self.types.get(document)
        return facts.role if facts is not None else ""

    def crosses(self, document: str) -> bool:
        """Whether a missing rule is an open question: of an identity paper that no rule ever names it is none."""
        role = self.role(document)
        return role in ("travel", ONE_JOURNEY) or (role == "identity" and document in self._ever_named)

    @cached_property
    def _ever_named(self) -> frozenset[str]:
        return frozenset(row.document for row in self.rules.entries)

    @cached_property
    def destinations(self) -> tuple[str, ...]:
        """Every place that any row of any day names, so that two days can be compared."""
        named = {row.destination for row in self.rules.entries if is_place(row.destination)}
        return tuple(sorted((named | {row.country for row in self.rules.members}) - NEVER))

    def _levels(self, destination: str) -> tuple[tuple[str, ...], ...]:
        """Whose rows speak for the destination, the nearest first: its own, those of its areas, those for all."""
        areas = tuple(member.area for member in self._members.get(destination, ()))
        return ((destination,), areas, (ANY,)) if areas else ((destination,), (ANY,))

    def entry_rows(self, document: str) -> tuple[EntryRule, ...]:
        """All rows of the day that speak of the document."""
        return tuple(row for rows in self._entries.get(document, {}).values() for row in rows)

    def rows_at(self, destination: str, document: str, age: int) -> list[EntryRule]:
        """The rows that decide at an age, all of one level; a row for certain ages stands above one for all."""
        rows = self._entries.get(document, {})
        for places in self.levels(destination):
            fitting = [row for place in places for row in rows.get(place, ()) if for_age(row, age)]
            if fitting:
                return [row for row in fitting if has_ages(row)] or fitting
        return []

    def ages_that_matter(self, document: str, least: int, greatest: int) -> tuple[int, ...]:
        """One age for each group between the two that the rules on the document, or on any ("ANY"), treat alike."""
        begins = self._ages_from[document]
        return tuple(begins[bisect_right(begins, least) - 1 : bisect_right(begins, greatest)])

    @cached_property
    def _ages_from(self) -> dict[str, list[int]]:
        found: dict[str, set[int]] = defaultdict(lambda: {0})
        for row in self._today(self.rules.entries):
            bounds = {bound for bound in (row.age_from, row.age_below) if bound}
            found[row.document] |= bounds
            found[ANY] |= bounds
        return defaultdict(lambda: [0], {document: sorted(ages) for document, ages in found.items()})

    def rows_of_other_ages(self, destination: str, document: str) -> list[EntryRule]:
        """Where no row decides at somebody's age: the nearest rows that speak of the document at all."""
        rows = self._entries.get(document, {})
        levels = (
            [row for place in places for row in rows.get(place, ())] for places in self.levels(destination)
        )
        return next(filter(None, levels), [])

    def rows_naming(self, destination: str) -> tuple[Row, ...]:
        """Rows of any day by which the destination is known at all."""
        entries = (row for row in self.rules.entries if row.destination == destination)
        members = (row for row in self.rules.members if row.country == destination)
        return (*entries, *members)

    def documents(self) -> Iterable[str]:
        return self._entries.keys()

    def visa_rows(self, destination: str) -> tuple[VisaRule, ...]:
        return self._covering(self._visas, destination)

    def rows_of_visa(self, visa: str) -> tuple[VisaRule, ...]:
        return tuple(row for rows in self._visas.values() for row in rows if row.visa == visa)

    def remedies(self, destination: str) -> tuple[RemedyRule, ...]:
        """In the order in which they are to be tried."""
        found = self._covering(self._remedies, destination)
        return tuple(sorted(found, key=lambda row: (row.order, row.key)))

    def safety(self, destination: str) -> tuple[SafetyRule, ...]:
        return self._covering(self._safety, destination)

    def _covering(self, by_place: dict[str, list[R]], destination: str) -> tuple[R, ...]:
        places = (place for level in self.levels(destination) for place in level)
        return tuple(row for place in places for row in by_place.get(place, ()))

    def covers(self, place: str, destination: str) -> bool:
        """Whether a place of a rule, a country, an area or ANY, takes the destination in."""
        return any(place in places for places in self.levels(destination))

    def _covered(self, place: str) -> tuple[str, ...]:
        return tuple(name for name in self.destinations if self.covers(place, name))

    def through(self, place: str, destination: str) -> tuple[AreaMember, ...]:
        """The membership by which a row of an area speaks for the destination."""
        if place in (destination, ANY):
            return ()
        return tuple(member for member in self._members.get(destination, ()) if member.area == place)


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
