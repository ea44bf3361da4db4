"""What is asked before a case ends as passed on."""

from django.utils.translation import gettext as _

from cases.applicants.stages import Move, Stage, guard
from cases.transfers.models import State, Transfer


@guard("taken_over", entering=Stage.PASSED_ON)
def taken_over(move: Move) -> str | None:
    if Transfer.objects.filter(applicant=move.applicant, state=State.DONE).exists():
        return None
    return _("No organisation has taken this case over. Note it under “Passing on”.")
