"""What a vetting stands on. What happened lies in the account safe; here are results, states and who answers for them."""

from cases.vetting.models.checks import Check, CheckChange, CheckKind, Confidence, Result
from cases.vetting.models.decisions import Choice, Conflict, Decision, Outcome, Vote
from cases.vetting.models.entries import Credibility, Entry, EntryChange, Reliability
from cases.vetting.models.evidence import Evidence
from cases.vetting.models.heard import Interview, InterviewFrame, InterviewQuestion, Referee
from cases.vetting.models.incidents import Incident, IncidentKind, IncidentSource, SourceCopy, Unit, UnitKind
from cases.vetting.models.questions import Question
from cases.vetting.models.screening import Screening
from cases.vetting.models.service import Account, EntryKind, Mistake, ServiceEntry
from cases.vetting.models.vetting import Vetting
from cases.vetting.models.watchlists import BucketSizes, Kind, ListEntry, ListImport, ListKind, Watchlist

__all__ = [
    "Account",
    "BucketSizes",
    "Check",
    "CheckChange",
    "CheckKind",
    "Choice",
    "Confidence",
    "Conflict",
    "Credibility",
    "Decision",
    "Entry",
    "EntryChange",
    "EntryKind",
    "Evidence",
    "Incident",
    "IncidentKind",
    "IncidentSource",
    "Interview",
    "InterviewFrame",
    "InterviewQuestion",
    "Kind",
    "ListEntry",
    "ListImport",
    "ListKind",
    "Mistake",
    "Outcome",
    "Question",
    "Referee",
    "Reliability",
    "Result",
    "Screening",
    "ServiceEntry",
    "SourceCopy",
    "Unit",
    "UnitKind",
    "Vetting",
    "Vote",
    "Watchlist",
]
