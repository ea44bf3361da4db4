"""The deadlines of a case that come from its claim: the rules by name, and what the stages of a case used to set."""

from django.utils.translation import gettext_lazy as _

from cases.applicants.stages import ENDINGS, Stage
from cases.applicants.timers import register_rule
from cases.asylum.models import DeadlineKind

SAYS = _("rules of the asylum procedure; see Asylum")
# Cases moved along before claims were kept here carry these, counted from the stage; a person ticks them off.
EARLIER = {
    "applicants.desk": (Stage.GUDA,),
    "applicants.ofpra": (Stage.OFPRA_FILED,),
    "applicants.legal_aid": (Stage.CNDA, Stage.REJECTED_FINAL),
    "applicants.appeal": (Stage.CNDA, Stage.REJECTED_FINAL),
}
EARLIER_WORDS = (
    _("Appointment at the prefecture one-stop desk"),
    _("3 working days by law, 10 when many people apply"),
    _("Send the application to OFPRA"),
    _("21 days from the asylum application certificate"),
    _("Apply for legal aid"),
    _("15 days from the notice of rejection"),
    _("Appeal to the CNDA"),
    _("one month from the notice of rejection"),
)


def rule_of(kind: str) -> str:
    return f"asylum.{kind}"


def register() -> None:
    """Say which rules of deadlines are this slice's. Called once, when the program starts."""
    for kind in DeadlineKind:
        register_rule(rule_of(kind), can_be_done=False, met_by=sorted(ENDINGS))
    for rule, stages in EARLIER.items():
        register_rule(rule, can_be_done=True, met_by=stages)
