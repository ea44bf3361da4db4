"""The days by which something must happen: counted by rules, or set by hand, with what stood before."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Deadline
from cases.applicants.operations import meet_deadline, note_if_said, set_deadline, withdraw_deadline
from cases.applicants.operations.guarded import Guarded
from cases.applicants.timers import written
from cases.asylum import queries
from cases.asylum.deadlines import SAYS, rule_of
from cases.asylum.models import Claim, DeadlineKind, SetDate, Step
from cases.asylum.refusals import Followed, NotOpen, WhyMoved
from cases.asylum.terms import Term, is_met, terms_of
from cases.audit.operations import record
from cases.documents.deadlines import due
from cases.staff.models import User


@transaction.atomic
def set_date(
    *,
    claim: Claim,
    kind: str,
    due_on: date,
    basis: str,
    why: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> SetDate:
    """Give a deadline its day by hand. One that stands is moved only for a reason, and stays to be seen."""
    claim = locked(claim)
    if kind not in {term.kind for term in terms_of(claim, queries.steps_of(claim), queries.rules())}:
        raise NotOpen
    standing = queries.standing_dates(claim).filter(kind=kind).first()
    if standing and (standing.due_on, standing.basis) == (due_on, basis):
        return standing
    if standing and not why.strip():
        raise WhyMoved
    note = note_if_said(claim.applicant, why, guarded, by)
    made = _replace(
        standing, SetDate(claim=claim, kind=kind, due_on=due_on, basis=basis, note=note, set_by=by)
    )
    _tell(made, by)
    was = f", was {standing.due_on:%Y-%m-%d}" if standing else ""
    detail = f"{claim.applicant.pseudonym}: {kind} {due_on:%Y-%m-%d}{was}"
    action = "asylum.date_moved" if standing else "asylum.date_set"
    record(action, by=by, about=str(claim.applicant_id), detail=detail)
    return made


def keep_dates(claim: Claim, by: User) -> None:
    """Count anew what rules count. A day that was set by hand stands until its deadline is met or its ground is gone."""
    steps, rules = queries.steps_of(claim), queries.rules()
    terms = {term.kind: term for term in terms_of(claim, steps, rules)}
    standing = {one.kind: one for one in queries.standing_dates(claim)}
    for kind, date_ in standing.items():
        term = terms.get(kind)
        if term is None or (term.end is None and not date_.basis):
            _end(date_, steps, by, gone=term is not None)
    for kind, term in terms.items():
        there = standing.get(kind)
        if not (there and there.basis):
            _count(claim, term, there, by)


def end_dates(claim: Claim, by: User) -> None:
    """End every day that stands; of a claim that is followed by another nothing runs on."""
    steps = queries.steps_of(claim)
    for date_ in queries.standing_dates(claim):
        _end(date_, steps, by, gone=False)


def _count(claim: Claim, term: Term, there: SetDate | None, by: User) -> None:
    end, rule = term.end, term.rule
    if end is None or rule is None:
        return
    now = (end.day, term.start.on, rule.pk)
    if there and (there.due_on, there.counted_from, there.rule_id) == now:
        return
    made = SetDate(
        claim=claim, kind=term.kind, due_on=end.day, rule=rule, counted_from=term.start.on, set_by=by
    )
    _tell(_replace(there, made), by)


def _replace(there: SetDate | None, made: SetDate) -> SetDate:
    if there:
        SetDate.objects.filter(pk=there.pk).update(replaced_at=timezone.now())
    made.save()
    return made


def _tell(date_: SetDate, by: User) -> None:
    """The deadline of the case that everybody sees: on the desk, in the header, in the calendar."""
    set_deadline(
        applicant=date_.claim.applicant,
        rule=rule_of(date_.kind),
        subject=str(date_.claim_id),
        title=written(DeadlineKind(date_.kind).label),
        due_at=due(date_.due_on),
        source=written(SAYS),
        by=by,
    )


def _end(date_: SetDate, steps: list[Step], by: User, *, gone: bool) -> None:
    """Met, where something was done since; withdrawn, where its ground is gone."""
    SetDate.objects.filter(pk=date_.pk).update(replaced_at=timezone.now())
    met = not gone and any(is_met(date_.kind, step, steps) for step in steps if step.on <= date_.due_on)
    close = meet_deadline if met else withdraw_deadline
    open_ones = Deadline.objects.filter(
        rule=rule_of(date_.kind), subject=str(date_.claim_id), met_at__isnull=True
    )
    for deadline in open_ones.select_related("applicant"):
        close(deadline=deadline, by=by)


def locked(claim: Claim) -> Claim:
    found = Claim.objects.select_for_update(of=("self",)).select_related("applicant").get(pk=claim.pk)
    if Claim.objects.filter(former=found).exists():
        raise Followed
    return found
