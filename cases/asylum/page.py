"""What the tab of a claim shows to a viewer."""

from typing import Any

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.asylum import queries
from cases.asylum.steps import may_be_followed, possible
from cases.staff.models import User


def page_of(applicant: Applicant, viewer: User, *, works: bool) -> dict[str, Any]:
    """The claim of a person; of an attached minor only that there is one, and whose, if the viewer sees that case."""
    claim = queries.claim_of(applicant)
    shown: dict[str, Any] = {"applicant": applicant, "claim": claim, "works": works}
    if claim is None:
        return shown | {"of_a_parent": queries.belongs_to_parent(applicant)}
    if claim.applicant_id != applicant.pk:
        seen = applicants_for(viewer).filter(pk=claim.applicant_id).exists()
        return shown | {"attached": True, "parent": claim.applicant if seen else None}
    steps = queries.steps_of(claim)
    minors, hidden = queries.minors_seen(claim, viewer)
    return shown | {
        "steps": steps,
        "lines": queries.lines_of(claim, steps),
        "minors": minors,
        "hidden": hidden,
        "more": works and bool(possible(steps)),
        "again": works and may_be_followed(steps),
        "former": queries.former_claims(claim),
    }
