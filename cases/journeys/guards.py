"""What a journey asks before a person counts as arrived."""

from django.utils.translation import gettext as _

from cases.applicants.stages import Move, Stage, guard
from cases.journeys.models import Leg


@guard("journey_over", entering=Stage.ARRIVED)
def journey_over(move: Move) -> str | None:
    open_ones = Leg.objects.filter(applicant=move.applicant, state__in=["planned", "departed"])
    if not open_ones.exists():
        return None
    return _("A leg of the journey is still open. Under “Journey”, confirm the arrival or call the leg off.")
