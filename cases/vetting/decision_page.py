"""The page of the decision, as one colleague sees it. Of votes nobody has decided on, only one's own comes here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.applicants.queries import guest_until
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vetting.models import Check, CheckKind, Decision, Outcome, Vote
from cases.vetting.models.checks import Result
from cases.vetting.queries.checks import answered
from cases.vetting.queries.decisions import (
    NOT_FRESH,
    Standing,
    decisions_of,
    living_vote,
    readable_votes,
    standing,
)
from cases.vetting.queries.questions import open_questions
from cases.vetting.queries.screening import screening_said
from cases.vetting.queries.voters import barred, conflict_of, held_back, leads, officers

TONES = {Outcome.SUPPORT: "safe", Outcome.NOT_NOW: "soon", Outcome.DECLINE: "danger", Outcome.NONE: ""}


@dataclass(frozen=True)
class Difference:
    """What became of one thing a vote rests on."""

    what: str
    code: str
    before: str
    after: str

    @property
    def reads_alike(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class NeededLine:
    kind: CheckKind
    check: Check | None

    @property
    def is_contradicted(self) -> bool:
        return self.check is not None and self.check.result == Result.CONTRADICTED


@dataclass(frozen=True)
class DecisionLine:
    decision: Decision
    tone: str
    votes: list[Vote]
    other: Vote | None


@dataclass(frozen=True)
class OwnVote:
    """One's own living vote. `is_in`: it waits for others; else it may be confirmed or taken again."""

    vote: Vote
    is_in: bool
    differences: list[Difference]


def page_of(applicant: Applicant, viewer: User) -> dict[str, Any]:
    now = standing(applicant)
    why_not = held_back(now, viewer)
    lines = decision_lines(applicant)
    bar = barred(applicant, viewer)
    return {
        "now": now,
        "viewer": viewer,
        "headline": headline(now),
        "flaws": _flaws(now),
        "own": own_vote(now, viewer),
        "may_vote": why_not is None,
        "why_not": why_not,
        "questions": open_questions(applicant).count(),
        "screening": screening_said(applicant),
        "current": next((line for line in lines if line.decision.ended_at is None), None),
        "earlier": [line for line in lines if line.decision.ended_at is not None],
        "needed": needed_lines(now),
        "readable": bool(readable_votes(applicant, viewer)),
        "officers": officers(now) if leads(applicant, viewer) else None,
        "may_declare": bar is None or conflict_of(applicant, viewer) is not None,
        "conflict": conflict_of(applicant, viewer),
        "guest_until": guest_until(applicant, viewer),
        "can_share": viewer.may(Permission.SHARE) and applicant.workable,  # type: ignore[attr-defined]
    }


def headline(now: Standing) -> str:
    """What the eye meets first. It is the same for everybody, and does not tell whether anybody has voted."""
    if now.needs_third:
        return _("The two votes differ: a third officer votes.")
    if now.is_open and now.counts and now.decision:
        return (
            _("Decided. For a submission two votes are needed again.") if _is_support(now) else _("Decided.")
        )
    if now.counts:
        return _("Decided.")
    if now.is_open:
        return _("Two votes are needed.")
    return _("Nothing to decide now.")


def decision_lines(applicant: Applicant) -> list[DecisionLine]:
    """Everything that was ever decided, the latest first."""
    return [_line(one) for one in decisions_of([applicant])]


def own_vote(now: Standing, viewer: User) -> OwnVote | None:
    vote = living_vote(now.applicant, viewer)
    if vote is None:
        return None
    return OwnVote(vote, vote.pk in {one.pk for one in now.fresh_votes}, differences(vote, now))


def differences(vote: Vote, now: Standing) -> list[Difference]:
    """What changed since a vote, in the order of the checks: from what result to what."""
    checks = answered(now.applicant)
    codes = sorted(
        code
        for code in {*vote.basis, *now.basis} - {"service"}
        if vote.basis.get(code) != now.basis.get(code)
    )
    names = {kind.code: kind.name for kind in CheckKind.objects.filter(code__in=codes)} if codes else {}
    results = {code: check.result for code, check in checks.items()}
    found = [
        Difference(
            names.get(code, code),
            code,
            _said(code, vote.basis, vote.results),
            _said(code, now.basis, results),
        )
        for code in codes
    ]
    if vote.basis.get("service") != now.basis.get("service"):
        found.append(Difference(_("Service record"), "", _("as it was"), _("changed")))
    return found


def needed_lines(now: Standing) -> list[NeededLine]:
    """What support needs, the missing first."""
    checks = answered(now.applicant)
    kinds = {kind.code: kind for kind in CheckKind.objects.filter(code__in=list(now.basis))}
    missing = {kind.code for kind in now.missing}
    lines = [NeededLine(kind, None if code in missing else checks.get(code)) for code, kind in kinds.items()]
    return sorted(lines, key=lambda line: (line.check is not None, line.kind.order, line.kind.code))


def _said(code: str, basis: Mapping[str, Any], results: Mapping[str, str]) -> str:
    if code not in basis:
        return _("not needed")
    return str(Result(results[code]).label) if code in results else _("not answered")


def _flaws(now: Standing) -> list[str | Promise]:
    late = now.counts and not now.is_fresh and _is_support(now)
    return [*now.flaws, NOT_FRESH] if late else now.flaws


def _is_support(now: Standing) -> bool:
    return now.decision is not None and now.decision.outcome == Outcome.SUPPORT


def _line(decision: Decision) -> DecisionLine:
    # Of three different votes none carries anything: they stand side by side.
    even = decision.outcome == Outcome.NONE
    votes = decision.all_votes if even else decision.votes
    return DecisionLine(
        decision, TONES[Outcome(decision.outcome)], votes, None if even else decision.third_vote
    )
