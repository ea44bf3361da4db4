"""Opening a claim, who is attached to it, which law holds, and what happens to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations import move_stage, note_if_said
from cases.applicants.operations.guarded import Guarded
from cases.applicants.queries import applicants_for
from cases.applicants.refusals import Refused, StageBlocked
from cases.applicants.stages import Stage, transition_between
from cases.asylum import queries
from cases.asylum.models import (
    Claim,
    ClaimMinor,
    DeadlineKind,
    Ground,
    Procedure,
    Responsibility,
    Result,
    Step,
    StepKind,
)
from cases.asylum.operations.dates import end_dates, keep_dates, locked
from cases.asylum.refusals import (
    AppealRuns,
    Carries,
    NoMinor,
    NotEnded,
    NotYet,
    OfAParent,
    Stands,
    Stopped,
    TooEarly,
    TooLate,
)
from cases.asylum.steps import (
    NEEDS,
    REPEATED,
    earliest,
    may_be_followed,
    may_follow,
    rest_on,
    stage_of,
    stopped_by,
)
from cases.audit.operations import record
from cases.staff.models import User


@dataclass(frozen=True)
class Noted:
    """A step, the stage to which the case moved with it, and else the sentences that say why it stayed."""

    step: Step
    moved: Stage | None = None
    stays: tuple[str, ...] = ()


@transaction.atomic
def open_claim(
    *, id: UUID, applicant: Applicant, track: str, minors: Iterable[Applicant] = (), by: User
) -> Claim:
    """Open the claim of an adult; where there is one, that is the answer."""
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if there := Claim.objects.filter(applicant=applicant, follower__isnull=True).first():
        return there
    if queries.belongs_to_parent(applicant):
        raise OfAParent
    claim = Claim.objects.create(id=id, applicant=applicant, track=track, opened_by=by)
    _take_law(claim, [])
    record(
        "asylum.claim_opened",
        by=by,
        about=str(applicant.pk),
        detail=f"{applicant.pseudonym}: {claim.procedure}",
    )
    for minor in minors:
        attach_minor(claim=claim, minor=minor, by=by)
    return claim


@transaction.atomic
def open_again(*, id: UUID, claim: Claim, track: str, by: User) -> Claim:
    """Open the re-examination of a claim that ended without protection; the same id again is answered with the first.

    Its own registration says which law holds. Attached minors come along.
    """
    Applicant.objects.select_for_update().get(pk=claim.applicant_id)
    if again := Claim.objects.filter(pk=id, former=claim, opened_by=by).first():
        return again
    former = locked(claim)
    if not may_be_followed(queries.steps_of(former)):
        raise NotEnded
    appeal = queries.standing_dates(former).filter(kind=DeadlineKind.APPEAL).first()
    if appeal and appeal.due_on >= timezone.localdate():
        raise AppealRuns(appeal.due_on)
    minors = former.minors.select_related("applicant")
    young = [one.pk for one in minors if queries.is_minor(one.applicant)]
    made = Claim.objects.create(id=id, applicant=former.applicant, former=former, track=track, opened_by=by)
    ClaimMinor.objects.filter(pk__in=young).update(claim=made)
    _take_law(made, [])
    end_dates(former, by)
    detail = f"{made.applicant.pseudonym}: {made.procedure}"
    record("asylum.claim_opened_again", by=by, about=str(made.applicant_id), detail=detail)
    return made


@transaction.atomic
def attach_minor(*, claim: Claim, minor: Applicant, by: User) -> ClaimMinor:
    if there := claim.minors.filter(applicant=minor).first():
        return there
    if minor not in queries.minors_to_attach(claim, by):
        raise NoMinor
    made = ClaimMinor.objects.create(claim=claim, applicant=minor, added_by=by)
    detail = f"{minor.pseudonym} with {claim.applicant.pseudonym}"
    record("asylum.minor_attached", by=by, about=str(minor.pk), detail=detail)
    return made


@transaction.atomic
def detach_minor(*, minor: ClaimMinor, by: User) -> None:
    gone, _rows = ClaimMinor.objects.filter(pk=minor.pk).delete()
    if gone:
        detail = f"{minor.applicant.pseudonym} from {minor.claim.applicant.pseudonym}"
        record("asylum.minor_detached", by=by, about=str(minor.applicant_id), detail=detail)


@transaction.atomic
def add_step(
    *,
    id: UUID,
    claim: Claim,
    kind: str,
    on: date,
    result: str = "",
    ground: str = Ground.UNSAID,
    by: User,
) -> Noted:
    """Note what happened on a day; the same id again is answered with the step of the first time. `ground`: of a rejection."""
    claim = locked(claim)
    if again := Step.objects.filter(pk=id, claim=claim, added_by=by).first():
        return Noted(again)
    steps = queries.steps_of(claim)
    _check(kind, on, steps)
    because = str(ground) if result == Result.REJECTED else ""
    step = Step.objects.create(
        id=id, claim=claim, kind=kind, on=on, result=result, ground=because, added_by=by
    )
    _take_law(claim, [*steps, step])
    keep_dates(claim, by)
    detail = f"{claim.applicant.pseudonym}: {kind} {on:%Y-%m-%d} {result} {because}".rstrip()
    record("asylum.step_noted", by=by, about=str(claim.applicant_id), detail=detail)
    return _move_along(claim, step, by)


@transaction.atomic
def take_back(*, claim: Claim, kind: str, by: User) -> None:
    """Take back the last step of a kind, as if it had not been noted. The stage of the case stays where it is."""
    claim = locked(claim)
    steps = queries.steps_of(claim)
    step = next((one for one in reversed(steps) if one.kind == kind), None)
    if step is None:
        return
    if resting := rest_on(step, steps):
        raise Carries([one.get_kind_display() for one in resting])
    step.delete()
    _take_law(claim, [one for one in steps if one is not step])
    keep_dates(claim, by)
    detail = f"{claim.applicant.pseudonym}: {kind} {step.on:%Y-%m-%d}"
    record("asylum.step_taken_back", by=by, about=str(claim.applicant_id), detail=detail)


@transaction.atomic
def set_law(
    *,
    claim: Claim,
    procedure: str,
    responsibility: str,
    track: str,
    why: str,
    guarded: Guarded | None = None,
    by: User,
) -> None:
    """Say by hand which law holds; from now on the day of registration changes nothing about it."""
    claim = locked(claim)
    if (procedure, responsibility, track) == (claim.procedure, claim.responsibility, claim.track):
        return
    claim.by_hand = claim.by_hand or (procedure, responsibility) != (claim.procedure, claim.responsibility)
    claim.procedure, claim.responsibility, claim.track = procedure, responsibility, track
    claim.save(update_fields=["procedure", "responsibility", "track", "by_hand"])
    note_if_said(claim.applicant, why, guarded, by)
    keep_dates(claim, by)
    detail = f"{claim.applicant.pseudonym}: {procedure or '?'}, {responsibility or '?'}, {track}"
    record("asylum.law_set", by=by, about=str(claim.applicant_id), detail=detail)


def _check(kind: str, on: date, steps: list[Step]) -> None:
    if kind not in REPEATED and any(step.kind == kind for step in steps):
        raise Stands
    if not may_follow(kind, steps):
        raise _why_not(kind, steps)
    first = earliest(kind, steps)
    if first and on < first:
        raise TooEarly


def _why_not(kind: str, steps: list[Step]) -> Refused:
    needs = NEEDS[StepKind(kind)]
    if stopped_by(steps) and kind != StepKind.REOPENED:
        return Stopped()
    if any(step.kind in needs.before for step in steps):
        return TooLate()
    return NotYet(str(one.label) for one in needs.after)


def _take_law(claim: Claim, steps: list[Step]) -> None:
    """The laws of the day of registration; before it, of what comes nearest."""
    if claim.by_hand:
        return
    days = {step.kind: step.on for step in steps}
    opened = timezone.localdate(claim.opened_at)
    day = days.get(StepKind.REGISTERED) or days.get(StepKind.SPADA) or opened
    claim.procedure = queries.law_on(day, Procedure.values)
    claim.responsibility = queries.law_on(day, Responsibility.values)
    claim.save(update_fields=["procedure", "responsibility"])


def _move_along(claim: Claim, step: Step, by: User) -> Noted:
    """Move the case of the adult and of the attached minors to the stage of the step, where the guards let it."""
    target = stage_of(step)
    if target is None:
        return Noted(step)
    minors = [one.applicant for one in claim.minors.select_related("applicant")]
    workable = set(applicants_for(by, "work").filter(pk__in=[one.pk for one in minors]))
    stays: list[str] = []
    moved: Stage | None = None
    for one in [claim.applicant, *(minor for minor in minors if minor in workable)]:
        if transition_between(one.stage, target) is None:
            continue
        try:
            with transaction.atomic():
                move_stage(applicants=[one], target=target, reason="", code=step.ground, by=by)
            moved = target
        except StageBlocked as blocked:
            stays.append(str(blocked))
    return Noted(step, moved, tuple(stays))
