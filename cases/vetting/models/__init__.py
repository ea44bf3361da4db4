"""What a vetting stands on. What happened lies in the account safe; here are results, states and who answers for them."""

from cases.vetting.models.checks import Check, CheckKind
from cases.vetting.models.decisions import Choice, Conflict, Decision, Outcome, Vote
from cases.vetting.models.vetting import Vetting

__all__ = ["Check", "CheckKind", "Choice", "Conflict", "Decision", "Outcome", "Vetting", "Vote"]
