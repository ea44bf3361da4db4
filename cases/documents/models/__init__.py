"""The catalogue and the dated rules of travel; the papers people hold."""

from cases.documents.models.held import (
    Document,
    DocumentChange,
    Status,
    Stay,
    Verification,
    Whereabouts,
)
from cases.documents.models.reference import (
    AreaMember,
    Confidence,
    DocumentType,
    Effect,
    EntryRule,
    ExitRule,
    Reference,
    RemedyRule,
    SafetyRule,
    StayRule,
    VisaNeed,
    VisaRule,
    Zone,
    in_language,
    said,
)
from cases.documents.models.scans import Scan

__all__ = [
    "AreaMember",
    "Confidence",
    "Document",
    "DocumentChange",
    "DocumentType",
    "Effect",
    "EntryRule",
    "ExitRule",
    "Reference",
    "RemedyRule",
    "SafetyRule",
    "Scan",
    "Status",
    "Stay",
    "StayRule",
    "Verification",
    "VisaNeed",
    "VisaRule",
    "Whereabouts",
    "Zone",
    "in_language",
    "said",
]
