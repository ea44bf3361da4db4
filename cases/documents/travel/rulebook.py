"""The rows in force on one day, arranged for asking. Made once a day and asked for every person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from cases.documents.travel.rules import (
    AreaMember,
    EntryRule,
    ExitRule,
    RemedyRule,
    Row,
    Rules,
    SafetyRule,
    StayRule,
    TypeFacts,
    VisaRule,
)

ANY = "ANY"
# Nobody is brought back to the country he refused to fight for.
NOT_OFFERED = frozenset({"RU", ANY})

Dated = TypeVar("Dated", bound=Row)


class Rulebook:
    """A country's rows stand above those of its areas, these above the rows for any country."""

    def __init__(self, rules: Rules, on: date) -> None:
        self.rules = rules
        self.on = on
        self.types: dict[str, TypeFacts] = {row.code: row for row in rules.types}
        self._areas: dict[str, list[AreaMember]] = defaultdict(list)
        for member in self._in_force(rules.members):
            self._areas[member.country].append(member)
        self._entries: dict[tuple[str, str], list[EntryRule]] = defaultdict(list)
        for entry in self._in_force(rules.entries):
            self._entries[entry.destination, entry.document].append(entry)
        self.destinations = self._destinations()
        self._levels = {place: self._levels_of(place) for place in self.destinations}
        self._asked: dict[tuple[str, str], tuple[EntryRule, ...]] = {}
        self._rows: dict[tuple[str, ...], tuple[EntryRule, ...]] = {}
        self.remedies = {place: self._remedies(place) for place in self.destinations}
        opened = (self._visas(place) for place in self.destinations)
        same: dict[tuple[str, ...], dict[str, VisaRule]] = {}
        self.visas = {
            place: same.setdefault(tuple(row.key for row in rows.values()), rows)
            for place, rows in zip(self.destinations, opened, strict=True)
        }
        self.safety = {place: self._safety(place) for place in self.destinations}
        self.accepted = {place: self._accepted(place) for place in self.destinations}
        self._alike: dict[tuple[str, ...], list[list[str]]] = {}

    def entries(self, destination: str, document: str) -> tuple[EntryRule, ...]:
        """What a destination says about a type of document, by the nearest level that says anything."""
        known = self._asked.get((destination, document))
        if known is None:
            levels = (self._entries.get((level, document)) for level in self._levels[destination])
            rows = tuple(next((found for found in levels if found), ()))
            # The same rows are the same object, by which an answer is known again.
            known = self._rows.setdefault(tuple(row.key for row in rows), rows)
            self._asked[destination, document] = known
        return known

    def alike(self, documents: tuple[str, ...]) -> list[list[str]]:
        """The destinations in groups that answer alike for holders of these types of document, so that one is asked."""
        groups = self._alike.get(documents)
        if groups is None:
            found: dict[object, list[str]] = defaultdict(list)
            for place in self.destinations:
                found[self._likeness(place, documents)].append(place)
            groups = self._alike[documents] = list(found.values())
        return groups

    def _likeness(self, place: str, documents: tuple[str, ...]) -> object:
        entries = tuple(self.entries(place, code) for code in documents)
        nothing = () if any(entries) else self.accepted[place]
        opened = tuple(self.visas[place].items())
        rows = (*entries, self.remedies[place], self.safety[place], nothing)
        return tuple(tuple(row.key for row in group) for group in rows), tuple((v, r.key) for v, r in opened)

    def stays(self, country: str, on: date | None = None) -> list[StayRule]:
        """The rules of stay of a country, on the day somebody crossed the border."""
        return [row for row in self.rules.stays if row.country == country and row.in_force(on or self.on)]

    def exits(self, country: str, obstacle: str) -> list[ExitRule]:
        rows = [row for row in self._in_force(self.rules.exits) if row.obstacle == obstacle]
        return [row for row in rows if row.country == country] or [row for row in rows if row.country == ANY]

    def _in_force(self, rows: Iterable[Dated]) -> list[Dated]:
        return [row for row in rows if row.in_force(self.on)]

    def _destinations(self) -> tuple[str, ...]:
        # Every day answers for the same countries, so that two days can be compared.
        areas = {member.area for member in self.rules.members} | NOT_OFFERED
        named = {row.destination for row in self.rules.entries} | {row.country for row in self.rules.members}
        return tuple(sorted(named - areas))

    def _levels_of(self, destination: str) -> tuple[str, ...]:
        return (destination, *(member.area for member in self._areas[destination]), ANY)

    def _remedies(self, destination: str) -> tuple[RemedyRule, ...]:
        levels = self._levels[destination]
        rows = [row for row in self._in_force(self.rules.remedies) if row.destination in levels]
        return tuple(sorted(rows, key=lambda row: (row.order, row.key)))

    def _visas(self, destination: str) -> dict[str, VisaRule]:
        levels = self._levels[destination]
        return {row.visa: row for row in self._in_force(self.rules.visas) if row.destination in levels}

    def _safety(self, destination: str) -> tuple[SafetyRule, ...]:
        rows = self._in_force(self.rules.safety)
        return tuple(row for row in rows if row.country == destination)

    def _accepted(self, destination: str) -> tuple[EntryRule, ...]:
        """What would be accepted: cited where somebody holds nothing of the kind."""
        documents = sorted({document for _place, document in self._entries})
        rows = [row for code in documents for row in self.entries(destination, code)]
        return tuple(row for row in rows if row.effect == "accepted")
