"""Whose vetting somebody works on, and what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vetting.models import Conflict, Decision, Vote
from cases.vetting.queries.decisions import (
    AT_WORK,
    BASIS,
    OPEN_STAGES,
    Standing,
    flaws_of,
    living_decisions,
    votes_under_way,
)

SOON = timedelta(days=14)
Mine = Literal["missing", "stale", "in", "barred", ""]
_PROGRESS = Func(F("pk"), function="vetting_progress", output_field=JSONField())


@dataclass(frozen=True)
class Row:
    """One case: of the needed checks how many are answered, what `mine` is to do, when its decision expires."""

    applicant: Applicant
    now: Standing
    needed: int
    answered: int
    mine: Mine

    @property
    def expires(self) -> date | None:
        decision = self.now.decision
        ends = decision.valid_until if decision and decision.outcome == "support" else None
        return ends if ends and ends <= timezone.localdate() + SOON else None

    @property
    def is_urgent(self) -> bool:
        return self.mine in ("missing", "stale")


def vetting_rows(user: User) -> list[Row]:
    """Cases at work, and those further on of which the decision is missing, does not count or expires soon.

    What waits for the person's own vote comes first. As many questions to the database for one case as for many.
    """
    cases = list(_cases(user))
    decisions = {one.applicant_id: one for one in living_decisions(cases)}
    under_way: dict[UUID, list[Vote]] = {}
    for vote in votes_under_way(cases):
        under_way.setdefault(vote.applicant_id, []).append(vote)
    own = {vote.applicant_id: vote for vote in _own_votes(user, cases)}
    barred = _barred(user, cases)
    rows = []
    for case in cases:
        now = _standing(case, decisions.get(case.pk), under_way.get(case.pk, []))
        mine = _mine(now, own.get(case.pk), user, case.pk in barred)
        rows.append(Row(case, now, **case.progress, mine=mine))  # type: ignore[attr-defined]
    waiting = [row for row in rows if row.applicant.stage in AT_WORK or not row.now.counts or row.expires]
    return sorted(waiting, key=lambda row: not row.is_urgent)


def standings(applicant_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """How the decision on each of these people stands, without the votes under way: as many questions for one as for many."""
    found = Applicant.objects.filter(pk__in=list(applicant_ids))
    cases = list(found.annotate(basis=BASIS, progress=_PROGRESS))
    decisions = {one.applicant_id: one for one in living_decisions(cases)}
    return {case.pk: _standing(case, decisions.get(case.pk), []) for case in cases}


def _cases(user: User) -> QuerySet[Applicant]:
    found = applicants_for(user, "work").filter(stage__in=OPEN_STAGES).select_related("owner")
    return found.annotate(basis=BASIS, progress=_PROGRESS).order_by("stage_since")


def _standing(case: Applicant, decision: Decision | None, votes: list[Vote]) -> Standing:
    basis, progress = case.basis, case.progress  # type: ignore[attr-defined]
    missing = progress["answered"] < progress["needed"]
    flaws = flaws_of(decision, case, basis, missing) if decision else []
    return Standing(case, basis, [], decision, flaws, votes)


def _own_votes(user: User, cases: Iterable[Applicant]) -> QuerySet[Vote]:
    return Vote.objects.filter(by=user, applicant__in=list(cases), replaced_at__isnull=True)


def _barred(user: User, cases: Iterable[Applicant]) -> set[UUID]:
    known = Conflict.objects.filter(user=user, applicant__in=list(cases), ended_at__isnull=True)
    took_in = {case.pk for case in cases if case.intake_by_id == user.pk}
    return took_in | set(known.values_list("applicant", flat=True))


def _mine(now: Standing, own: Vote | None, user: User, barred: bool) -> Mine:
    if not user.may(Permission.DECIDE_VETTING):
        return ""
    if barred:
        return "barred"
    if not now.is_open or (now.counts and now.is_fresh):
        return ""
    if own is None:
        return "missing"
    return "in" if own.pk in {vote.pk for vote in now.fresh_votes} else "stale"
