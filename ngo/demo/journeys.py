"""Journeys of the invented people from Astana to Paris: to come, stopped at the border, or over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.journeys import operations
from cases.journeys.models import Leg, Place
from cases.journeys.queries import clocks
from cases.staff.models import User, random_id


def travel(
    cases: Sequence[Applicant], people: Mapping[str, User], journeys: Iterable[tuple[int, date, str]]
) -> None:
    """`journeys`: the place in people.csv, the day, and whether it is planned, stopped or arrived."""
    towns = clocks()
    for place, day, state in journeys:
        leg = _plan(cases[place], day, towns, people)
        if state != "planned":
            operations.depart(leg=leg, left_at=leg.departs_at, by=people["claire"])
        if state == "stopped":
            words = "Stopped at passport control, questioned for three hours."
            operations.stop(leg=leg, known=words, by=people["claire"])
        if state == "arrived":
            met_at = leg.departs_at + timedelta(hours=7)
            operations.confirm_arrival(leg=leg, met_by=people["ana"], met_at=met_at, by=people["ana"])


def _plan(case: Applicant, day: date, towns: Mapping[str, Place], people: Mapping[str, User]) -> Leg:
    departs_at = datetime.combine(day, time(4, 40), tzinfo=UTC)
    facts: dict[str, Any] = {"origin": towns["KZ"], "goal": towns["FR"], "means": "plane", "carrier": "KC"}
    facts |= {"departs_at": departs_at, "arrives_at": departs_at + timedelta(hours=6, minutes=25)}
    facts |= {
        "ticket_booked": True,
        "exit_check": "doubt" if day > timezone.localdate() else "clear",
        "host": people["ana"],
    }
    papers = case.documents.all()
    return operations.plan_leg(
        id=random_id(), applicant=case, facts=facts, papers=papers, by=people["claire"]
    )
