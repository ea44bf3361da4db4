"""Legs for the tests: from Astana to Paris, in the morning of 12 December 2026 by the clock of Astana."""

from datetime import UTC, datetime

from cases.documents.tables import SHELVES
from cases.journeys import operations
from cases.journeys.models import Place
from cases.staff.models import random_id

LEAVES, LANDS = datetime(2026, 11, 12, 4, 40, tzinfo=UTC), datetime(2026, 11, 12, 11, 5, tzinfo=UTC)


def load_places():
    [shelf] = [shelf for shelf in SHELVES if "places" in shelf.files]
    Place.objects.bulk_create(Place(**row) for row in shelf.read()["places"])


def leg_facts(**more):
    facts = {"departs_at": LEAVES, "arrives_at": LANDS, "means": "plane", "carrier": "KC"}
    facts |= {"ticket_booked": True, "exit_check": "clear"} | more
    ends = {
        end: Place.objects.get(pk=facts.pop(end, town))
        for end, town in (("origin", "astana"), ("goal", "paris"))
    }
    return facts | ends


def make_leg(applicant, *, by, state="planned", **more):
    leg = operations.plan_leg(
        id=more.pop("id", None) or random_id(), applicant=applicant, facts=leg_facts(**more), by=by
    )
    if state == "departed":
        operations.depart(leg=leg, left_at=LEAVES, by=by)
        leg.refresh_from_db()
    return leg
