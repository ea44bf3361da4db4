"""The guards that papers put before a stage: what is missing, in plain words."""

from django.utils.translation import gettext as _

from cases.applicants.stages import Move, Stage, guard
from cases.documents.queries.held import has_papers, has_way_out, holds_nothing


@guard("document_remedy", entering=Stage.DOC_REMEDY)
def document_remedy(move: Move) -> str | None:
    """Nobody looks for a way round missing papers before somebody has asked which there are."""
    if has_papers(move.applicant) or holds_nothing(move.applicant):
        return None
    return _(
        "No paper is recorded. Under “Papers”, add what the person holds, or say that there is none at all."
    )


@guard("remedy_found", entering=Stage.DOSSIER)
def remedy_found(move: Move) -> str | None:
    """Asked only of who comes from the remedy: others go to the dossier with what they have."""
    if move.applicant.stage != Stage.DOC_REMEDY or has_way_out(move.applicant):
        return None
    return _(
        "There is nothing to travel on yet. Under “Papers”, add the passport, the laissez-passer or the visa that is in hand or applied for."
    )
