"""The opened service record as its page shows it: three columns, the grid of months, and sentences about them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.vetting import service_events
from cases.vetting.forms.service import values_of
from cases.vetting.models import Account, EntryKind, ServiceEntry
from cases.vetting.month_grid import Contradiction, Overlap, Row, first_of
from cases.vetting.record import Record
from cases.vetting.service_words import LABELS, lines, said_day

NEXT: dict[str, Account] = {Account.OWN: Account.VERIFIED, Account.VERIFIED: Account.PUBLIC}
# What the other account is called beside a fact that differs from it.
_DIFFERS: dict[str, Promise] = {
    Account.OWN: gettext_lazy("differs from what we verified"),
    Account.VERIFIED: gettext_lazy("differs from what the person says"),
}
_WHAT: dict[str, Promise] = {
    "unit": gettext_lazy("Unit"),
    "place": gettext_lazy("Place"),
    "branch": gettext_lazy("Branch"),
}
_EVENTS: dict[str, Promise] = {
    service_events.LEFT_BEFORE_END: gettext_lazy(
        "Left before a period ends: left %(one)s (%(account)s), the period is %(other)s (%(other_account)s)."
    ),
    service_events.LEFT_DIFFERS: gettext_lazy(
        "The dates of leaving differ: %(one)s (%(account)s), %(other)s (%(other_account)s)."
    ),
    service_events.CHARGED_BEFORE_LEFT: gettext_lazy(
        "Prosecuted before leaving: left %(one)s (%(account)s), prosecution %(other)s (%(other_account)s)."
    ),
    service_events.CALLED_UP_LATE: gettext_lazy(
        "Served before the call-up: called up %(one)s (%(account)s), the period is %(other)s (%(other_account)s)."
    ),
}


@dataclass(frozen=True)
class Overview:
    """What may be seen without opening anything: how much there is, and who wrote last."""

    kinds: list[tuple[str, list[int]]]
    last: ServiceEntry | None
    entries: list[ServiceEntry]
    struck: list[ServiceEntry]


@dataclass(frozen=True)
class Line:
    label: str
    text: str
    differs: str


@dataclass(frozen=True)
class Card:
    entry: ServiceEntry
    lines: list[Line]
    values: list[tuple[str, str]]
    next: str


@dataclass(frozen=True)
class Finding:
    """A sentence; `sure` False: it may be the vague dates alone. `asks`: it concerns what the person says."""

    sentence: str
    sure: bool
    asks: bool


@dataclass(frozen=True)
class Column:
    title: str
    cards: list[Card]


def overview(entries: list[ServiceEntry]) -> Overview:
    counting = [one for one in entries if one.struck_at is None]
    numbers = Counter((one.kind, one.account) for one in counting)
    kinds = [(str(kind.label), [numbers[kind, account] for account in Account]) for kind in EntryKind]
    last = max(entries, key=lambda one: one.updated_at, default=None)
    return Overview(kinds, last, counting, [one for one in entries if one.struck_at is not None])


def shown(record: Record) -> dict[str, Any]:
    """Everything the template of the opened record needs."""
    grid = record.grid
    return {
        "columns": [
            Column(str(one.label), [_card(record, *pair) for pair in record.of(one)]) for one in Account
        ],
        "unread": len(record.unread),
        "years": [
            (year, len(list(months))) for year, months in groupby(grid.months, lambda month: month // 12)
        ],
        "months": [(first_of(month), f"{month % 12 + 1:02}") for month in grid.months],
        "rows": [(Account(row.account).label, _cells(row, grid.months)) for row in grid.rows],
        "gaps": [
            Finding(
                _("%(account)s: no period in %(months)s.") % _where(one.account, one.first, one.last),
                True,
                _own(one.account),
            )
            for one in grid.gaps
        ],
        "overlaps": [_overlap(record, one) for one in grid.overlaps],
        "contradictions": [_contradiction(record, one) for one in record.contradictions],
    }


def _card(record: Record, entry: ServiceEntry, content: Mapping[str, Any]) -> Card:
    differing = record.differing.get(entry.pk.hex, set())
    said = str(_DIFFERS.get(entry.account, ""))
    kind = EntryKind(entry.kind)
    told = [
        Line(label, text, said if name in differing else "") for name, label, text in lines(kind, content)
    ]
    following = NEXT.get(entry.account)
    return Card(entry, told, list(values_of(content).items()), following or "")


def _cells(row: Row, months: range) -> list[str]:
    return ["surely" if one in row.surely else "perhaps" if one in row.perhaps else "" for one in months]


def _overlap(record: Record, found: Overlap) -> Finding:
    one, other = (_called(record.said[key][1]) for key in found.keys)
    said = _("%(account)s: two periods at once in %(months)s: %(one)s; %(other)s.")
    names = _where(found.account, found.first, found.last) | {"one": one, "other": other}
    return Finding(said % names, True, _own(found.account))


def _contradiction(record: Record, found: Contradiction) -> Finding:
    said = [record.said[key][1] for key in found.keys]
    account, other_account = (_in_sentence(name) for name in found.accounts)
    names = {"account": account, "other_account": other_account, "months": _months(found.first, found.last)}
    asks = any(_own(name) for name in found.accounts)
    if found.what in _EVENTS:
        one, other = (_when(content) for content in said)
        return Finding(str(_EVENTS[found.what]) % (names | {"one": one, "other": other}), found.sure, asks)
    one, other = (_fact(found.what, content) for content in said)
    sentence = _("%(what)s in %(months)s: “%(one)s” (%(account)s), “%(other)s” (%(other_account)s).")
    facts = names | {"what": str(_WHAT[found.what]), "one": one, "other": other}
    return Finding(sentence % facts, found.sure, asks)


def _own(account: str) -> bool:
    return account == Account.OWN


def _where(account: str, first: int, last: int) -> dict[str, str]:
    said = dict(Account.choices).get(account, "")
    return {"account": str(said), "months": _months(first, last)}


def _months(first: int, last: int) -> str:
    begin, end = (date_format(first_of(month), "F Y") for month in (first, last))
    return begin if first == last else f"{begin} – {end}"


def _in_sentence(account: str) -> str:
    label = str(Account(account).label)
    return label[:1].lower() + label[1:]


def _when(content: Mapping[str, Any]) -> str:
    if "on" in content:
        return said_day(str(content["on"]))
    return " – ".join(said_day(str(content.get(name) or "")) or "…" for name in ("from", "to"))


def _fact(what: str, content: Mapping[str, Any]) -> str:
    names = ("unit_number", "unit_name") if what == "unit" else (what,)
    found = {name: text for name, _label, text in lines(EntryKind.PERIOD, content)}
    return ", ".join(found[name] for name in names if name in found)


def _called(content: Mapping[str, Any]) -> str:
    """A period in a few words: the unit, or else the place, with its dates."""
    name = _fact("unit", content) or _fact("place", content) or str(LABELS[EntryKind.PERIOD]["note"])
    return f"{name}, {_when(content)}"
