"""What a claim asks before a stage is entered: that the day is noted from which the deadlines run."""

from django.utils.translation import gettext as _

from cases.applicants.stages import Move, Stage, guard
from cases.asylum.models import StepKind
from cases.asylum.queries import claim_of


@guard("registration_noted", entering=Stage.GUDA)
def registration_noted(move: Move) -> str | None:
    if _has(move, StepKind.REGISTERED):
        return None
    return _("The registration is not noted. Note its day under “Asylum”: the deadlines are counted from it.")


@guard("rejection_noted", entering=Stage.REJECTED_OFPRA)
def rejection_noted(move: Move) -> str | None:
    if _has(move, StepKind.DECIDED):
        return None
    return _(
        "The decision of OFPRA is not noted. Note the day of the letter under “Asylum”: the appeal is counted from it."
    )


def _has(move: Move, kind: str) -> bool:
    claim = claim_of(move.applicant)
    return claim is not None and claim.steps.filter(kind=kind).exists()
