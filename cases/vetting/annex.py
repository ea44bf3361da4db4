"""The sealed annex of a vetting report: what the account safe says of it, in the order in which it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.applicants.models import Applicant
from cases.vault.models import SealedItem
from cases.vetting.models import CheckKind, Vote
from cases.vetting.queries.decisions import decided_votes
from cases.vetting.queries.decisions import kinds_of as kinds_of_vote

SERVICE, CHECK = "service-", "check-"
# What a sealed document may say, by the name it has in there.
_NAMES: dict[str, Promise] = {
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "on": gettext_lazy("On"),
    "branch": gettext_lazy("Branch"),
    "unit_number": gettext_lazy("Number of the unit"),
    "unit_name": gettext_lazy("Unit"),
    "unit_spellings": gettext_lazy("Also written"),
    "rank": gettext_lazy("Rank"),
    "role": gettext_lazy("Role"),
    "weapon": gettext_lazy("Weapon"),
    "place": gettext_lazy("Place"),
    "how": gettext_lazy("How"),
    "note": gettext_lazy("Note"),
    "finding": gettext_lazy("What was found"),
    "lawyer": gettext_lazy("Name of the lawyer"),
    "reasons": gettext_lazy("Why"),
}


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    title: str
    parts: list[Part]


@dataclass(frozen=True)
class SaidVote:
    vote: Vote
    texts: list[str]


def kinds_of(applicant: Applicant) -> list[str]:
    """The kinds of everything an annex opens. Votes nobody has decided on are not among them, one's own neither."""
    items = SealedItem.objects.filter(safe=applicant.account_safe_id).order_by("kind").distinct("kind")
    kinds = items.values_list("kind", flat=True)
    votes = [kind for vote in decided_votes(applicant) for kind in kinds_of_vote(vote)]
    return [*(kind for kind in kinds if kind.startswith((SERVICE, CHECK))), *votes]


def sections(applicant: Applicant, found: Mapping[str, Mapping[str, Any]]) -> list[Section]:
    names = {f"{CHECK}{kind.code}": f"{kind.code} {kind.name}" for kind in CheckKind.objects.all()}
    checks = [Part(names.get(kind, kind), lines(found[kind])) for kind in sorted(found) if kind in names]
    service = [kind for kind in found if kind.startswith(SERVICE)]
    periods = sorted(service, key=lambda kind: str(found[kind].get("from") or found[kind].get("on") or ""))
    votes = [
        Part(f"{one.vote.by} – {one.vote.get_choice_display()}", [("", text) for text in one.texts])
        for one in votes_said(decided_votes(applicant), found)
    ]
    all_of_it = [
        Section(_("Service record"), [Part("", lines(found[kind])) for kind in periods]),
        Section(_("Findings"), checks),
        Section(_("Reasons of the votes"), votes),
    ]
    return [section for section in all_of_it if any(part.lines for part in section.parts)]


def votes_said(votes: Iterable[Vote], found: Mapping[str, Mapping[str, Any]]) -> list[SaidVote]:
    return [
        SaidVote(vote, [text for kind in kinds_of_vote(vote) if (text := _reason(found, kind))])
        for vote in votes
    ]


def lines(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a sealed document says, in the order of the names above; what has no name there comes last."""
    order = list(_NAMES)
    known = sorted(content.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return [(str(_NAMES.get(name, "")), _text(value)) for name, value in known if _text(value)]


def _reason(found: Mapping[str, Mapping[str, Any]], kind: str) -> str:
    return str(found.get(kind, {}).get("reasons", ""))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value if _text(one))
    return "" if value is None or isinstance(value, bool | dict) else str(value)
