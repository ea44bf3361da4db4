"""The papers of the invented people: each of the first ten stands for one way in which papers decide where somebody can go."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.documents.operations import held as documents
from cases.documents.queries.held import types_by_code
from cases.staff.models import User, random_id

# person, entered so many days ago, overstayed, barred
STAYS: tuple[tuple[int, int, bool | None, bool | None], ...] = (
    (0, 75, False, None),
    (1, 40, False, False),
    (2, 112, True, None),
    (4, 20, False, None),
    (7, 88, None, None),
)
_CHIPS = {"yes": True, "no": False, "": None}


def give_papers(cases: list[Applicant], *, by: User, verified_by: User) -> None:
    types = types_by_code()
    for row in read_papers():
        kind = types[row["type"]]
        facts: dict[str, Any] = {
            "type": kind,
            "country": kind.issuer,
            "status": row["status"],
            "whereabouts": row["whereabouts"],
            "issued_on": _day(row["issued"]),
            "expires_on": _day(row["expires"]),
            "chip": _CHIPS[row["chip"]],
            "blank_pages": int(row["pages"]) if row["pages"] else None,
        }
        sealed = {name: row[name] for name in ("number", "authority", "note")} | {"unit_code": row["unit"]}
        applicant = cases[int(row["person"])]
        paper = documents.add_document(id=random_id(), applicant=applicant, facts=facts, sealed=sealed, by=by)
        if row["verified"]:
            last_week = timezone.localdate() - timedelta(days=7)
            documents.verify_document(document=paper, how=row["verified"], on=last_week, by=verified_by)
    for person, days, overstay, barred in STAYS:
        entered = timezone.localdate() - timedelta(days=days)
        stay = {"entered_on": entered, "overstay": overstay, "barred": barred}
        documents.save_stay(applicant=cases[person], facts=stay, by=by)


def read_papers() -> list[dict[str, str]]:
    with Path(__file__).with_name("papers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(written: str) -> date | None:
    """A day, or so many days from today: "+62" is always soon."""
    if written[:1] in ("+", "-"):
        return timezone.localdate() + timedelta(days=int(written))
    return date.fromisoformat(written) if written else None
