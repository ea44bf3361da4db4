"""Governments that take people in, the groups put before them, and what was submitted and answered."""

from cases.relocation.models.governments import Contact, Government, Talk
from cases.relocation.models.groups import STEPS, Group, Member
from cases.relocation.models.submissions import (
    FOLLOW_UP,
    QUESTION,
    GroupLimit,
    Inquiry,
    Reason,
    Submission,
    SubmittedPerson,
)

__all__ = [
    "FOLLOW_UP",
    "QUESTION",
    "STEPS",
    "Contact",
    "Government",
    "Group",
    "GroupLimit",
    "Inquiry",
    "Member",
    "Reason",
    "Submission",
    "SubmittedPerson",
    "Talk",
]
