"""The rows in force on one day, arranged for asking. Made once a day and asked for every person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

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

if TYPE_CHECKING:
    from cases.documents.travel.judging import Judged
    from cases.documents.travel.likeness import Likeness

ANY = "ANY"
# Nobody is brought back to the country he refused to fight for.
NOT_OFFERED = frozenset({"RU", ANY})

# Roles of documents that may be shown at a border although no row says anything about them.
CROSSING = frozenset({"travel", "single"})

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
        # What was worked out by these rules already; see `judging`.
        self.likenesses: dict[str, Likeness] = {}
        self.judged: dict[Hashable, Judged] = {}
        self.remedies = {place: self._remedies(place) for place in self.destinations}
        self.visas = {place: self._visas(place) for place in self.destinations}
        self.safety = {place: self._safety(place) for place in self.destinations}
        self.accepted = {place: self._accepted(place) for place in self.destinations}
        self.would_do = {
            place: tuple(dict.fromkeys(row.document for row in rows)) for place, rows in self.accepted.items()
        }
        self.visa_types = frozenset(row.visa for row in rules.visas)
        self._named = {row.document for row in rules.entries}

    def entries(self, destination: str, document: str) -> tuple[EntryRule, ...]:
        """What a destination says about a type of document, by the nearest level that says anything."""
        known = self._asked.get((destination, document))
        if known is None:
            levels = (self._entries.get((level, document)) for level in self._levels[destination])
            known = tuple(next((found for found in levels if found), ()))
            self._asked[destination, document] = known
        return known

    def remedy(self, destination: str, knows: bool) -> RemedyRule | None:
        """The first that is open to somebody; `knows` says whether anything proves who the person is."""
        return next((row for row in self.remedies[destination] if knows or row.when == "nothing"), None)

    def of_document(self, document: str) -> list[EntryRule]:
        """All rows of the day that speak of a type of document, wherever."""
        return [row for (_place, code), rows in self._entries.items() if code == document for row in rows]

    def known_by(self, destination: str) -> Row:
        """A row, of whatever day, by which a destination is known at all."""
        named: list[Row] = [row for row in self.rules.entries if row.destination == destination]
        return [*named, *(row for row in self.rules.members if row.country == destination)][0]

    def shown_at_borders(self, document: str) -> bool:
        """Whether a type of document is judged anywhere at all: a military card is not."""
        facts = self.types.get(document)
        return document in self._named or (facts is not None and facts.role in CROSSING)

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
