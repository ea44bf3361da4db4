"""The guards that the decision puts before a stage: no vetting ends without the votes of two."""

from django.utils.translation import gettext as _

from cases.applicants.stages import Move, Stage, guard
from cases.vetting.models import Outcome
from cases.vetting.queries.decisions import standing


@guard("two_support", entering=Stage.VETTED)
def two_support(move: Move) -> str | None:
    if standing(move.applicant).is_settled(Outcome.SUPPORT):
        return None
    return _("Two vetting officers have to vote for support. They do under “Vetting”, “Decision”.")


@guard("two_decline", entering=Stage.DECLINED)
def two_decline(move: Move) -> str | None:
    if standing(move.applicant).is_settled(Outcome.DECLINE):
        return None
    return _("Two vetting officers have to vote for declining. They do under “Vetting”, “Decision”.")


@guard("fresh_support", entering=Stage.SUBMITTED)
def fresh_support(move: Move) -> str | None:
    now = standing(move.applicant)
    if not now.is_settled(Outcome.SUPPORT):
        return _(
            "No decision for support counts today. Two vetting officers vote under “Vetting”, “Decision”."
        )
    if not now.is_fresh:
        return _(
            "The votes for support are too old for a submission. Both officers say under “Vetting”, “Decision” whether they still hold."
        )
    return None
