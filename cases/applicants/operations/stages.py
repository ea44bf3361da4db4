"""Moving a case along, and the deadlines that begin and end with a stage."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline, StageChange
from cases.applicants.operations.guarded import Guarded, remember
from cases.applicants.operations.registering import first_deadlines
from cases.applicants.refusals import StageBlocked
from cases.applicants.stages import Move, Stage, blocked_by
from cases.applicants.timers import rules_met_by, timers_of
from cases.audit.operations import record
from cases.staff.models import User


@transaction.atomic
def move_stage(
    *,
    applicants: Sequence[Applicant],
    target: str,
    reason: str,
    code: str = "",
    by: User,
    guarded: Guarded | None = None,
) -> list[Applicant]:
    """Move one case, or a household together, into `target`; all of them or none.

    Who is there already stays there, so that a repeated sending does nothing twice.
    """
    locked = Applicant.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in applicants])
    moving = [one for one in locked.select_related("owner", "identity_safe") if one.stage != target]
    moves = [Move(applicant, Stage(target), by, reason.strip()) for applicant in moving]
    obstacles = {move.applicant.pseudonym: found for move in moves if (found := blocked_by(move))}
    if obstacles:
        raise StageBlocked(obstacles)
    now = timezone.now()
    for move in moves:
        _move(move, code, guarded if move.reason else None, now)
    return moving


def _move(move: Move, code: str, guarded: Guarded | None, now: datetime) -> None:
    applicant = move.applicant
    source = applicant.stage
    _meet(applicant, [*(timer.rule for timer in timers_of(source)), *rules_met_by(move.target)], now)
    applicant.stage, applicant.stage_since, applicant.updated_at = move.target, now, now
    applicant.save(update_fields=["stage", "stage_since", "updated_at"])
    change = StageChange.objects.create(
        applicant=applicant,
        source=source,
        target=move.target,
        reason=move.reason,
        code=code,
        by=move.by,
        at=now,
    )
    remember(guarded, applicant=applicant, what="stage", subject=change.pk, by=move.by)
    for deadline in first_deadlines([applicant], now):
        _put(deadline)
    detail = f"{applicant.pseudonym}: {source} to {move.target}"
    record("applicants.stage_moved", by=move.by, about=str(applicant.pk), detail=detail)


@transaction.atomic
def set_deadline(
    *,
    applicant: Applicant,
    rule: str,
    subject: str,
    title: str,
    due_at: datetime,
    source: str,
    by: User | None,
) -> Deadline:
    """Set the open deadline of a rule and subject, or move it where there is one."""
    deadline = _put(
        Deadline(applicant=applicant, rule=rule, subject=subject, title=title, due_at=due_at, source=source)
    )
    detail = f"{applicant.pseudonym}: {rule} {due_at:%Y-%m-%d}"
    record("applicants.deadline_set", by=by, about=str(applicant.pk), detail=detail)
    return deadline


@transaction.atomic
def meet_deadline(*, deadline: Deadline, by: User | None) -> None:
    """Say that what a deadline asked for has happened."""
    met = Deadline.objects.filter(pk=deadline.pk, met_at__isnull=True).update(met_at=timezone.now())
    if met:
        applicant = deadline.applicant
        record(
            "applicants.deadline_met",
            by=by,
            about=str(applicant.pk),
            detail=f"{applicant.pseudonym}: {deadline.rule}",
        )


@transaction.atomic
def withdraw_deadline(*, deadline: Deadline, by: User | None) -> None:
    """Take away a deadline whose ground is gone: nothing was done, so nothing is met."""
    gone, _rows = Deadline.objects.filter(pk=deadline.pk, met_at__isnull=True).delete()
    if gone:
        applicant = deadline.applicant
        detail = f"{applicant.pseudonym}: {deadline.rule}"
        record("applicants.deadline_withdrawn", by=by, about=str(applicant.pk), detail=detail)


def _put(deadline: Deadline) -> Deadline:
    found, _made = Deadline.objects.update_or_create(
        applicant=deadline.applicant,
        rule=deadline.rule,
        subject=deadline.subject,
        met_at=None,
        defaults={"title": deadline.title, "due_at": deadline.due_at, "source": deadline.source},
    )
    return found


def _meet(applicant: Applicant, rules: Iterable[str], now: datetime) -> None:
    Deadline.objects.filter(applicant=applicant, rule__in=list(rules), met_at__isnull=True).update(met_at=now)
