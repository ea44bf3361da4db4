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
from cases.applicants.models.household import Household, Membership
from cases.applicants.models.unchecked import UncheckedText
from cases.applicants.models.work import Deadline, Note, StageChange, Task

__all__ = [
    "AgeBand",
    "Applicant",
    "ApplicantGroupPermission",
    "ApplicantUserPermission",
    "Category",
    "Channel",
    "Deadline",
    "Household",
    "Membership",
    "Note",
    "StageChange",
    "Task",
    "UncheckedText",
    "Urgency",
    "UsedPseudonym",
]
