"""The rows of the case file: the clear part, by pseudonym; who the person is lies in the safes."""

from cases.applicants.models.applicant import (
    AgeBand,
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Category,
    Channel,
    Urgency,
    UsedPseudonym,
)
from cases.applicants.models.consent import Consent, ConsentText, Purpose
from cases.applicants.models.doubles import Compared, Double
from cases.applicants.models.erasing import ErasedCase, Erasure, LegalHold, Tally
from cases.applicants.models.household import Household, Membership
from cases.applicants.models.unchecked import UncheckedText
from cases.applicants.models.work import Deadline, Note, SealedNote, StageChange, Task

__all__ = [
    "AgeBand",
    "Applicant",
    "ApplicantGroupPermission",
    "ApplicantUserPermission",
    "Category",
    "Channel",
    "Compared",
    "Consent",
    "ConsentText",
    "Deadline",
    "Double",
    "ErasedCase",
    "Erasure",
    "Household",
    "LegalHold",
    "Membership",
    "Note",
    "Purpose",
    "SealedNote",
    "StageChange",
    "Tally",
    "Task",
    "UncheckedText",
    "Urgency",
    "UsedPseudonym",
]
