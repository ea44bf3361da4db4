"""What a vetting stands on. What happened lies in the account safe; here are results, states and who answers for them."""

from cases.vetting.models.checks import Check, CheckKind
from cases.vetting.models.entries import Credibility, Entry, EntryChange, Reliability
from cases.vetting.models.evidence import Evidence
from cases.vetting.models.heard import Interview, InterviewFrame, InterviewQuestion, Referee
from cases.vetting.models.vetting import Vetting

__all__ = [
    "Check",
    "CheckKind",
    "Credibility",
    "Entry",
    "EntryChange",
    "Evidence",
    "Interview",
    "InterviewFrame",
    "InterviewQuestion",
    "Referee",
    "Reliability",
    "Vetting",
]
