"""What a vetting stands on. What happened lies in the account safe; here are results, states and who answers for them."""

from cases.vetting.models.checks import Check, CheckChange, CheckKind, Confidence, Result
from cases.vetting.models.questions import Question
from cases.vetting.models.vetting import Vetting

__all__ = ["Check", "CheckChange", "CheckKind", "Confidence", "Question", "Result", "Vetting"]
