"""What can be done with a case file, one function a verb."""

from cases.applicants.operations.facts import edit_applicant, safe_with_readers, seal_contact, seal_identity
from cases.applicants.operations.households import join_household, leave_household
from cases.applicants.operations.registering import NewApplicant, register_applicant, register_applicants
from cases.applicants.operations.sharing import (
    Opening,
    Outcome,
    assign,
    share_with_person,
    share_with_team,
    stop_sharing,
)
from cases.applicants.operations.stages import meet_deadline, move_stage, set_deadline, withdraw_deadline
from cases.applicants.operations.work import add_note, add_task, finish_task, reopen_task

__all__ = [
    "NewApplicant",
    "Opening",
    "Outcome",
    "add_note",
    "add_task",
    "assign",
    "edit_applicant",
    "finish_task",
    "join_household",
    "leave_household",
    "meet_deadline",
    "move_stage",
    "register_applicant",
    "register_applicants",
    "reopen_task",
    "safe_with_readers",
    "seal_contact",
    "seal_identity",
    "set_deadline",
    "share_with_person",
    "share_with_team",
    "stop_sharing",
    "withdraw_deadline",
]
