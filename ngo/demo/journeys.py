"""Three journeys of the invented people: one to come, one stopped at the border, one over."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.journeys import operations
from cases.journeys.models import Leg, Place
from cases.journeys.queries import clocks
from cases.staff.models import User, random_id

# person, days from today, stays planned / is stopped / arrives
JOURNEYS = ((29, 3, "planned"), (30, -1, "stopped"), (31, -4, "arrived"))


def travel(cases: list[Applicant], people: dict[str, User]) -> None:
    towns = clocks()
    for place, days, state in JOURNEYS:
        leg = _plan(cases[place], days, towns, people)
        if state != "planned":
            operations.depart(leg=leg, left_at=leg.departs_at, by=people["claire"])
        if state == "stopped":
            words = "Stopped at passport control, questioned for three hours."
            operations.stop(leg=leg, known=words, by=people["claire"])
        if state == "arrived":
            met_at = leg.departs_at + timedelta(hours=7)
            operations.confirm_arrival(leg=leg, met_by=people["ana"], met_at=met_at, by=people["ana"])


def _plan(case: Applicant, days: int, towns: dict[str, Place], people: dict[str, User]) -> Leg:
    day = timezone.localdate() + timedelta(days=days)
    departs_at = datetime.combine(day, time(4, 40), tzinfo=UTC)
    facts: dict[str, Any] = {"origin": towns["KZ"], "goal": towns["FR"], "means": "plane", "carrier": "KC"}
    facts |= {"departs_at": departs_at, "arrives_at": departs_at + timedelta(hours=6, minutes=25)}
    facts |= {"ticket_booked": True, "exit_check": "doubt" if days > 0 else "clear", "host": people["ana"]}
    papers = case.documents.all()
    return operations.plan_leg(
        id=random_id(), applicant=case, facts=facts, papers=papers, by=people["claire"]
    )
