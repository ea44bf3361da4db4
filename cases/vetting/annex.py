"""The sealed annex of a vetting report: what the account safe says of it, in the order in which it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.vault.models import SealedItem
from cases.vetting.history_words import SEALED_LABELS
from cases.vetting.models import Account, CheckKind, EntryKind, Vote
from cases.vetting.queries.decisions import decided_votes
from cases.vetting.queries.decisions import kinds_of as kinds_of_vote
from cases.vetting.queries.service import entries_of
from cases.vetting.record import opened_record, sealed_kinds
from cases.vetting.service_words import lines

CHECK = "check-"


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
    checks = SealedItem.objects.filter(safe=applicant.account_safe_id, kind__startswith=CHECK)
    answered = checks.order_by("kind").distinct("kind").values_list("kind", flat=True)
    votes = [kind for vote in decided_votes(applicant) for kind in kinds_of_vote(vote)]
    return [*sealed_kinds(entries_of(applicant)), *answered, *votes]


def sections(applicant: Applicant, found: Mapping[str, Mapping[str, Any]]) -> list[Section]:
    votes = [
        Part(f"{one.vote.by} – {one.vote.get_choice_display()}", [("", text) for text in one.texts])
        for one in votes_said(decided_votes(applicant), found)
    ]
    all_of_it = [
        Section(_("Service record"), service_parts(applicant, found)),
        Section(_("Findings"), _findings(found)),
        Section(_("Reasons of the votes"), votes),
    ]
    return [section for section in all_of_it if any(part.lines for part in section.parts)]


def service_parts(applicant: Applicant, found: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """What the person says, then what was verified, then what is public; each in order of time."""
    record = opened_record(list(entries_of(applicant)), {kind: dict(said) for kind, said in found.items()})
    return [
        Part(f"{account.label}: {EntryKind(entry.kind).label}", _said(EntryKind(entry.kind), content))
        for account in Account
        for entry, content in record.of(account)
    ]


def _said(kind: EntryKind, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(label, text) for _name, label, text in lines(kind, content)]


def _findings(found: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    names = {f"{CHECK}{kind.code}": f"{kind.code} {kind.name}" for kind in CheckKind.objects.all()}
    return [
        Part(
            names[kind],
            [
                (str(label), str(found[kind].get(name) or ""))
                for name, label in SEALED_LABELS.items()
                if found[kind].get(name)
            ],
        )
        for kind in sorted(found)
        if kind in names
    ]


def votes_said(votes: Iterable[Vote], found: Mapping[str, Mapping[str, Any]]) -> list[SaidVote]:
    return [
        SaidVote(vote, [text for kind in kinds_of_vote(vote) if (text := _reason(found, kind))])
        for vote in votes
    ]


def _reason(found: Mapping[str, Mapping[str, Any]], kind: str) -> str:
    return str(found.get(kind, {}).get("reasons", ""))
