"""The hours that a leg puts among the deadlines of a case, and the reason that it gives for a move."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.stages import ENDINGS, REASONS
from cases.applicants.timers import register_rule, written

DEPARTURE, ARRIVAL = "journeys.departure", "journeys.arrival"
TITLES: dict[str, Promise] = {
    DEPARTURE: _("Departure"),
    ARRIVAL: _("Arrival: somebody meets the person and confirms it"),
}
SAYS = _("the plan of the journey; see Journey")
STOPPED = _("Stopped at the border.")


def register() -> None:
    """Called once, when the program starts."""
    for rule in TITLES:
        register_rule(rule, can_be_done=False, met_by=sorted(ENDINGS))
    REASONS[written(STOPPED)] = STOPPED
