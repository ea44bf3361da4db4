"""The opened service record: what the three accounts say, and how it fits together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.names.keys import key
from cases.names.tokens import words
from cases.vetting.models import Account, EntryKind, ServiceEntry
from cases.vetting.month_grid import CALLED_UP, CHARGED, LEFT, Contradiction, Event, Grid, Period, month_grid
from cases.vetting.service_events import contradictions
from cases.vetting.spans import first_day, last_day

# Charges that presuppose that the person had left; the others may come before.
ABSENCE = ("", "337", "338")
_EVENTS = {EntryKind.CALL_UP: CALLED_UP, EntryKind.LEAVING: LEFT, EntryKind.CHARGE: CHARGED}
# What of an entry is held against one of the same kind in the account beside it.
_COMPARED = {
    EntryKind.CALL_UP: ("on", "how"),
    EntryKind.LEAVING: ("on", "how"),
    EntryKind.CHARGE: ("article", "part", "on"),
}
_OF_PERIODS = {"unit": ("unit_number", "unit_name"), "place": ("place",), "branch": ("branch",)}


@dataclass(frozen=True)
class Record:
    """`pairs`: every entry that opened, with what it says, in order of time; `unread`: those that did not open."""

    pairs: list[tuple[ServiceEntry, dict[str, Any]]]
    unread: list[ServiceEntry]

    @property
    def periods(self) -> list[tuple[ServiceEntry, dict[str, Any]]]:
        return [pair for pair in self.pairs if pair[0].kind == EntryKind.PERIOD]

    def of(self, account: str) -> list[tuple[ServiceEntry, dict[str, Any]]]:
        return [pair for pair in self.pairs if pair[0].account == account]

    @cached_property
    def said(self) -> dict[str, tuple[ServiceEntry, dict[str, Any]]]:
        """The entries by the key they have in the grid."""
        return {entry.pk.hex: (entry, content) for entry, content in self.pairs}

    @cached_property
    def grid(self) -> Grid:
        return month_grid(self._periods, self._events, Account.values)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        return sorted(self.grid.differences + contradictions(self._periods, self._events, Account.values))

    @cached_property
    def differing(self) -> dict[str, set[str]]:
        """Which facts of an entry differ between what the person says and what was verified, by key."""
        found: dict[str, set[str]] = {}
        for one in self.grid.differences:
            if one.accounts == (Account.OWN, Account.VERIFIED):
                for name in one.keys:
                    found.setdefault(name, set()).update(_OF_PERIODS[one.what])
        for kind, names in _COMPARED.items():
            own, verified = ([pair for pair in self.of(name) if pair[0].kind == kind] for name in _BOTH)
            for ones, others in ((own, verified), (verified, own)):
                for entry, content in ones:
                    found.setdefault(entry.pk.hex, set()).update(_unlike(content, others, names))
        return {name: facts for name, facts in found.items() if facts}

    @cached_property
    def _periods(self) -> list[Period]:
        return [_period(entry, content) for entry, content in self.periods]

    @cached_property
    def _events(self) -> list[Event]:
        return [
            Event(entry.pk.hex, entry.account, _EVENTS[EntryKind(entry.kind)], str(content.get("on") or ""))
            for entry, content in self.pairs
            if entry.kind in _EVENTS and content.get("article", "") in ABSENCE
        ]


_BOTH = (Account.OWN, Account.VERIFIED)


def opened_record(entries: Iterable[ServiceEntry], contents: Mapping[str, Mapping[str, Any]]) -> Record:
    """Put the entries together with what was opened of them, by `sealed_kind` (see account.read_account)."""
    known = list(entries)
    pairs = [(one, dict(contents[one.sealed_kind])) for one in known if one.sealed_kind in contents]
    unread = [one for one in known if one.sealed_kind not in contents]
    return Record(sorted(pairs, key=_place_in_time), unread)


def sealed_kinds(entries: Iterable[ServiceEntry]) -> list[str]:
    return [one.sealed_kind for one in entries]


def _place_in_time(pair: tuple[ServiceEntry, dict[str, Any]]) -> tuple[Any, ...]:
    """In order of time; what has no date comes last, in the order in which it was written."""
    entry, content = pair
    written = content.get("from") or content.get("to") or content.get("on") or ""
    first = first_day(str(written))
    return first is None, first or entry.created_at.date(), entry.created_at, entry.pk.hex


def _period(entry: ServiceEntry, content: Mapping[str, Any]) -> Period:
    names = [content.get("unit_name"), *(content.get("unit_spellings") or [])]
    return Period(
        key=entry.pk.hex,
        account=entry.account,
        begins=str(content.get("from") or ""),
        ends=str(content.get("to") or ""),
        unit_number="".join(re.findall(r"\w", str(content.get("unit_number") or ""))).upper(),
        unit_names=frozenset(found for name in names for found in _unit(str(name or ""))),
        place=frozenset(filter(None, [_words(str(content.get("place") or ""))])),
        branch=str(content.get("branch") or ""),
    )


def _unit(name: str) -> list[frozenset[str]]:
    """Under what a unit is compared: by its number, which every language writes alike, else by its words.

    "234-й полк 76-й дивизии" is known as 234, and agrees with 76, the division it belongs to.
    """
    numbers = re.findall(r"\d+", name)
    if numbers:
        return [frozenset(numbers[:1]), frozenset(numbers)]
    return [found] if (found := _words(name)) else []


def _words(text: str) -> frozenset[str]:
    """The words of a text as they sound: “Буча” and “Bucha” are one."""
    return frozenset(key(word) or word for word in words(text))


def _unlike(
    content: Mapping[str, Any], others: list[tuple[ServiceEntry, dict[str, Any]]], names: Iterable[str]
) -> set[str]:
    """What differs from the entry of the other account that is most like this one."""
    differing = [{name for name in names if _differs(name, content, other)} for _entry, other in others]
    return min(differing, key=lambda found: (len(found), sorted(found)), default=set())


def _differs(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    left, right = str(one.get(name) or ""), str(other.get(name) or "")
    if not left or not right or left == right:
        return False
    first, last = first_day(left), last_day(left)
    their_first, their_last = first_day(right), last_day(right)
    if name == "on" and first and last and their_first and their_last:
        return last < their_first or their_last < first
    return True
