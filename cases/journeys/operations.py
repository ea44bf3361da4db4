"""Planning a leg and saying what became of it. The stage of the case moves along where its guards let it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.alarms.models import AlarmKind
from cases.alarms.operations import raise_alarm
from cases.alarms.refusals import AlarmStands
from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import (
    meet_deadline,
    move_stage,
    note_if_said,
    set_deadline,
    withdraw_deadline,
)
from cases.applicants.operations.guarded import Guarded
from cases.applicants.queries import people_who_see
from cases.applicants.refusals import StageBlocked
from cases.applicants.stages import Stage, transition_between
from cases.applicants.timers import written
from cases.audit.operations import record
from cases.documents.models import Document
from cases.journeys.deadlines import ARRIVAL, DEPARTURE, SAYS, STOPPED, TITLES
from cases.journeys.models import Leg
from cases.journeys.queries import is_last
from cases.journeys.refusals import AnotherMustSay, Elsewhere, ExitUnchecked, NoTicket, NotOnThisCase, TooSoon
from cases.staff.models import User, random_id

State = Leg.State


@transaction.atomic
def plan_leg(
    *,
    id: UUID,
    applicant: Applicant,
    facts: Mapping[str, Any],
    papers: Iterable[Document] = (),
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> Leg:
    """Plan a leg; the same id again is answered with the leg of the first time."""
    if again := Leg.objects.filter(pk=id, applicant=applicant, planned_by=by).first():
        return again
    _check_people(applicant, facts)
    note = note_if_said(applicant, known, guarded, by)
    leg = Leg.objects.create(id=id, applicant=applicant, note=note, planned_by=by, **facts)
    leg.papers.set(papers)
    _keep_deadline(leg, by)
    _record("planned", leg, by)
    if leg.ticket_booked:
        _move(leg, Stage.TRAVEL_BOOKED, by)
    return leg


@transaction.atomic
def change_leg(
    *,
    leg: Leg,
    facts: Mapping[str, Any],
    papers: Iterable[Document] = (),
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> None:
    """Change what is planned; who changed it stands in the audit log, who planned it stays who planned it."""
    leg = _locked(leg, State.PLANNED)
    _check_people(leg.applicant, facts)
    for name, value in facts.items():
        setattr(leg, name, value)
    leg.note = note_if_said(leg.applicant, known, guarded, by) or leg.note
    leg.save()
    leg.papers.set(papers)
    _keep_deadline(leg, by)
    _record("changed", leg, by)
    if leg.ticket_booked:
        _move(leg, Stage.TRAVEL_BOOKED, by)


@transaction.atomic
def call_off(*, leg: Leg, by: User) -> None:
    leg = _locked(leg, State.PLANNED)
    _end(leg, State.OFF, timezone.now(), by)
    _close(leg, (DEPARTURE,), withdraw_deadline, by)
    _record("called_off", leg, by)


@transaction.atomic
def depart(*, leg: Leg, left_at: datetime, by: User) -> None:
    leg = _locked(leg, State.PLANNED)
    if not leg.ticket_booked:
        raise NoTicket
    if leg.exit_check == Leg.ExitCheck.OPEN:
        raise ExitUnchecked
    leg.state, leg.left_at = State.DEPARTED, left_at
    leg.save(update_fields=["state", "left_at"])
    _close(leg, (DEPARTURE,), meet_deadline, by)
    _keep_deadline(leg, by)
    _record("departed", leg, by)


@transaction.atomic
def stop(*, leg: Leg, known: str = "", guarded: Guarded | None = None, by: User) -> None:
    """The person was stopped at the border: the alarm is raised, unless it stands already."""
    leg = _locked(leg, State.PLANNED, State.DEPARTED)
    _end(leg, State.STOPPED, timezone.now(), by)
    _close(leg, (DEPARTURE, ARRIVAL), withdraw_deadline, by)
    try:
        with transaction.atomic():
            raise_alarm(
                id=random_id(),
                applicant=leg.applicant,
                kind=AlarmKind.BORDER,
                known=known,
                guarded=guarded,
                by=by,
            )
    except AlarmStands:
        note_if_said(leg.applicant, known, guarded, by)
    _record("stopped", leg, by)
    _move(leg, Stage.TRAVEL_FAILED, by, reason=written(STOPPED))


@transaction.atomic
def confirm_arrival(*, leg: Leg, met_by: User, met_at: datetime, by: User) -> Stage | None:
    """Say who met the person and when. Answers the stage to which the case moved: with the last leg alone."""
    leg = _locked(leg, State.DEPARTED)
    if met_by == by == leg.planned_by:
        raise AnotherMustSay
    if not people_who_see(leg.applicant).filter(pk=met_by.pk).exists():
        raise NotOnThisCase
    if leg.left_at and met_at < leg.left_at:
        raise TooSoon
    leg.met_by = met_by
    _end(leg, State.ARRIVED, met_at, by)
    _close(leg, (ARRIVAL,), meet_deadline, by)
    _record("arrived", leg, by)
    return _move(leg, Stage.ARRIVED, by) if is_last(leg) else None


def _locked(leg: Leg, *states: str) -> Leg:
    found = Leg.objects.select_for_update(of=("self",)).select_related("applicant", "planned_by")
    fresh = found.get(pk=leg.pk)
    if fresh.state not in states:
        raise Elsewhere
    return fresh


def _check_people(applicant: Applicant, facts: Mapping[str, Any]) -> None:
    people = {one.pk for one in (facts.get("escort"), facts.get("host")) if one}
    if people_who_see(applicant).filter(pk__in=people).distinct().count() < len(people):
        raise NotOnThisCase


def _end(leg: Leg, state: str, at: datetime, by: User) -> None:
    leg.state, leg.ended_at, leg.ended_by = state, at, by
    leg.save(update_fields=["state", "ended_at", "ended_by", "met_by"])


def _move(leg: Leg, target: Stage, by: User, reason: str = "") -> Stage | None:
    """Move the case, where the stages lead there and nothing stands against it; else it stays, and the leg is noted."""
    stage = Applicant.objects.values_list("stage", flat=True).get(pk=leg.applicant_id)
    if transition_between(stage, target) is None:
        return None
    try:
        with transaction.atomic():
            move_stage(applicants=[leg.applicant], target=target, reason=reason, by=by)
    except StageBlocked:
        return None
    return target


def _keep_deadline(leg: Leg, by: User) -> None:
    """Until it departs the hour of departure, then the hour of arrival where it is known."""
    rule, at = (DEPARTURE, leg.departs_at) if leg.state == State.PLANNED else (ARRIVAL, leg.arrives_at)
    if at is None:
        return
    title, source = written(TITLES[rule]), written(SAYS)
    set_deadline(
        applicant=leg.applicant, rule=rule, subject=str(leg.pk), title=title, due_at=at, source=source, by=by
    )


def _close(leg: Leg, rules: Iterable[str], close: Any, by: User) -> None:
    found = Deadline.objects.filter(rule__in=rules, subject=str(leg.pk), met_at__isnull=True)
    for deadline in found.select_related("applicant"):
        close(deadline=deadline, by=by)


def _record(verb: str, leg: Leg, by: User) -> None:
    detail = f"{leg.applicant.pseudonym}: {leg.origin_id} to {leg.goal_id}"
    record(f"journeys.{verb}", by=by, about=str(leg.applicant_id), detail=detail)
