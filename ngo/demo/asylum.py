"""The claims of the invented people who are in France: one under each law, one with protection, two about to begin."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.asylum import operations
from cases.asylum.models import Claim
from cases.staff.models import User, random_id

# person, what happened, so many days ago or on that day, decision
STEPS: tuple[tuple[int, str, int | str, str], ...] = (
    (33, "spada", 48, ""),
    (33, "registered", 43, ""),
    (33, "attested", 43, ""),
    (33, "narrative", 37, ""),
    (33, "filed", 35, ""),
    (34, "spada", "2026-03-05", ""),
    (34, "registered", "2026-03-10", ""),
    (34, "attested", "2026-03-10", ""),
    (34, "narrative", "2026-03-24", ""),
    (34, "filed", "2026-03-27", ""),
    (34, "renewed", "2026-04-08", ""),
    (34, "interview", 15, ""),
    (35, "registered", "2025-09-08", ""),
    (35, "attested", "2025-09-08", ""),
    (35, "filed", "2025-09-25", ""),
    (35, "decided", 92, "refugee"),
    (35, "travel_asked", 60, ""),
)
# To whom OFPRA has written.
SUMMONED = 33


def claim_asylum(cases: Sequence[Applicant], people: Mapping[str, User], places: Iterable[int]) -> None:
    """Open the claims of these; whom `STEPS` does not name has one in which nothing has happened yet."""
    by = people["claire"]
    for claimant in places:
        claim = operations.open_claim(id=random_id(), applicant=cases[claimant], track="standard", by=by)
        for place, kind, when, result in STEPS:
            on = date.fromisoformat(when) if isinstance(when, str) else _ago(when)
            if place == claimant:
                operations.add_step(id=random_id(), claim=claim, kind=kind, on=on, result=result, by=by)
        if claimant == SUMMONED:
            _interview(claim, people)


def _interview(claim: Claim, people: Mapping[str, User]) -> None:
    """The summons gave one day, and OFPRA another since."""
    for ahead, basis, why in ((12, "letter", ""), (19, "authority", "OFPRA has no interpreter that week.")):
        operations.set_date(
            claim=claim, kind="interview", due_on=_ago(-ahead), basis=basis, why=why, by=people["ana"]
        )


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
