"""Raising an alarm, which sets tasks and tells people, and noting what threatens somebody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.alarms.models import REVIEW, REVIEW_AFTER, Alarm, AlarmStep, RiskEvent
from cases.alarms.queries import steps_of
from cases.alarms.refusals import AlarmStands, EndedAlready
from cases.applicants.models import Applicant
from cases.applicants.operations import add_task, meet_deadline, note_if_said, set_deadline
from cases.applicants.operations.guarded import Guarded
from cases.applicants.queries import people_who_see
from cases.applicants.timers import noon, written
from cases.audit.operations import record
from cases.documents.models import said
from cases.staff.models import User, random_id
from cases.staff.operations import announce

REVIEW_TITLE = _("Look again at what threatens the person")


@transaction.atomic
def raise_alarm(
    *, id: UUID, applicant: Applicant, kind: str, known: str = "", guarded: Guarded | None = None, by: User
) -> Alarm:
    """Raise an alarm: its protocol becomes tasks of the owner, and everybody who sees the case is told.

    The same id again is answered with the alarm as it was raised the first time.
    """
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if again := Alarm.objects.filter(pk=id, applicant=applicant, raised_by=by).first():
        return again
    if Alarm.objects.filter(applicant=applicant, kind=kind, ended_at=None).exists():
        raise AlarmStands
    note = note_if_said(applicant, known, guarded, by)
    alarm = Alarm.objects.create(id=id, applicant=applicant, kind=kind, note=note, raised_by=by)
    who = whose_tasks(applicant, by)
    for step in steps_of(kind):
        title, due = said(step, "title", who.language), due_on(alarm.raised_at, step)
        add_task(id=random_id(), applicant=applicant, title=title, due_on=due, owner=who, by=by)
    announce(code=f"alarm_{kind}", to=told_of(applicant, by), who=[by], about=applicant.pk)
    record("alarms.raised", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {kind}")
    return alarm


@transaction.atomic
def end_alarm(
    *, alarm: Alarm, outcome: str, known: str = "", guarded: Guarded | None = None, by: User
) -> None:
    """End it with what came of it. Its tasks stay: what is not done is done or struck one by one."""
    found = Alarm.objects.select_for_update(of=("self",)).select_related("applicant").get(pk=alarm.pk)
    if found.ended_at is not None:
        raise EndedAlready
    note_if_said(found.applicant, known, guarded, by)
    found.ended_at, found.ended_by, found.outcome = max(timezone.now(), found.raised_at), by, outcome
    found.save(update_fields=["ended_at", "ended_by", "outcome"])
    told = told_of(found.applicant, by)
    announce(code="alarm_ended", to=told, who=[by], about=found.applicant_id)
    detail = f"{found.applicant.pseudonym}: {found.kind}, {outcome}"
    record("alarms.ended", by=by, about=str(found.applicant_id), detail=detail)


@transaction.atomic
def add_risk(
    *,
    id: UUID,
    applicant: Applicant,
    kind: str,
    severity: int,
    happened_on: date,
    review_on: date,
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> RiskEvent:
    """Note what threatens somebody; the same id again is answered with what was noted the first time."""
    if again := RiskEvent.objects.filter(pk=id, applicant=applicant, added_by=by).first():
        return again
    facts = {"kind": kind, "severity": severity, "happened_on": happened_on, "review_on": review_on}
    note = note_if_said(applicant, known, guarded, by)
    risk = RiskEvent.objects.create(id=id, applicant=applicant, note=note, added_by=by, **facts)
    _remind(risk, by)
    detail = f"{applicant.pseudonym}: {kind}, severity {severity}"
    record("alarms.risk_added", by=by, about=str(applicant.pk), detail=detail)
    return risk


@transaction.atomic
def end_risk(*, risk: RiskEvent, by: User) -> None:
    if not RiskEvent.objects.filter(pk=risk.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by):
        raise EndedAlready
    for deadline in risk.applicant.deadlines.filter(rule=REVIEW, subject=str(risk.pk), met_at=None):
        meet_deadline(deadline=deadline, by=by)
    detail = f"{risk.applicant.pseudonym}: {risk.kind}"
    record("alarms.risk_ended", by=by, about=str(risk.applicant_id), detail=detail)


@transaction.atomic
def keep_risk(*, risk: RiskEvent, by: User) -> None:
    """Say that it still threatens: it is looked at again in a month."""
    found = RiskEvent.objects.select_for_update(of=("self",)).select_related("applicant").get(pk=risk.pk)
    if found.ended_at is not None:
        raise EndedAlready
    found.review_on = timezone.localdate() + REVIEW_AFTER
    found.save(update_fields=["review_on"])
    _remind(found, by)
    detail = f"{found.applicant.pseudonym}: {found.kind}, until {found.review_on}"
    record("alarms.risk_kept", by=by, about=str(found.applicant_id), detail=detail)


def whose_tasks(applicant: Applicant, by: User) -> User:
    """The owner of the case, or who stands in; else whoever raised the alarm."""
    owner = applicant.owner
    if owner is None or not owner.is_active:
        return by
    if owner.stand_in and people_who_see(applicant).filter(pk=owner.stand_in.pk).exists():
        return owner.stand_in
    # Nobody gets in as somebody who travels or is frozen: the tasks would stand at no desk.
    return by if owner.is_barred else owner


def told_of(applicant: Applicant, by: User) -> set[User]:
    """Everybody who sees the case; not who says it. Who stands in for one of them is told with them."""
    return set(people_who_see(applicant).select_related("deputy")) - {by}


def due_on(raised_at: datetime, step: AlarmStep) -> date:
    """The day in the organisation's own time on which the hours of a step end."""
    return timezone.localdate(raised_at + timedelta(hours=step.hours))


def _remind(risk: RiskEvent, by: User) -> None:
    due_at = noon(risk.review_on)
    title, subject = written(REVIEW_TITLE), str(risk.pk)
    set_deadline(
        applicant=risk.applicant, rule=REVIEW, subject=subject, title=title, due_at=due_at, source="", by=by
    )
