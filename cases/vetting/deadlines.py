"""Which deadline a decision sets, and when it is over."""

from django.utils.translation import gettext_lazy as _

from cases.applicants.stages import ENDINGS, REASONS, Stage
from cases.applicants.timers import register_rule, written

DECISION = "vetting.decision"
DECISION_ENDS = _("The decision of the vetting expires: vote again")
# Cases vetted before votes were cast here carry a deadline of their stage, which a person ticks off.
EARLIER, EARLIER_TITLE = "applicants.vetted", _("Vetting is out of date: check again")
OWN_RULE = _("rule of the organisation")
DECIDED = _("Decided by the votes of two vetting officers.")
BACK_TO_VOTE = _("The vetting was decided anew.")
# From here on the decision has done its work.
_AFTERWARDS = (Stage.APPROVED, *sorted(ENDINGS))


def register() -> None:
    """Say which rules of deadlines and which reasons of a move are this slice's. Called once, when the program starts."""
    register_rule(DECISION, can_be_done=False, met_by=_AFTERWARDS)
    register_rule(EARLIER, can_be_done=True)
    REASONS.update({written(reason): reason for reason in (DECIDED, BACK_TO_VOTE)})
