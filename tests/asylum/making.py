"""Claims for the tests: `make_claim` opens one, `happened` notes steps in their order."""

from datetime import date

from cases.asylum import operations
from cases.asylum.models import DeadlineRule, RegimeRule
from cases.documents.tables import SHELVES
from cases.staff.models import random_id


def load_law():
    [shelf] = [shelf for shelf in SHELVES if "asylum_deadlines" in shelf.files]
    rows = shelf.read()
    RegimeRule.objects.bulk_create(RegimeRule(**row) for row in rows["asylum_laws"])
    DeadlineRule.objects.bulk_create(DeadlineRule(**row) for row in rows["asylum_deadlines"])


def make_claim(applicant, *, by, track="standard", **steps):
    claim = operations.open_claim(id=random_id(), applicant=applicant, track=track, by=by)
    return happened(claim, by=by, **steps)


def happened(claim, *, by, result="rejected", **steps):
    """Note each step on its day, written as "2026-03-10"."""
    for kind, day in steps.items():
        said = result if kind in ("decided", "court_decided") else ""
        on = date.fromisoformat(day)
        operations.add_step(id=random_id(), claim=claim, kind=kind, on=on, result=said, by=by)
    claim.refresh_from_db()
    return claim
