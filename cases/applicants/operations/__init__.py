"""What can be done with a case file, one function a verb."""

from cases.applicants.operations.consents import (
    add_consent_text,
    load_consent_texts,
    record_consent,
    withdraw_consent,
)
from cases.applicants.operations.contacting import note_contact
from cases.applicants.operations.erasing import approve_erasure, ask_erasure, finish_erasures, refuse_erasure
from cases.applicants.operations.facts import edit_applicant, safe_with_readers, seal_contact, seal_identity
from cases.applicants.operations.holding import end_hold, review_hold, set_hold
from cases.applicants.operations.households import (
    change_membership,
    join_household,
    leave_household,
    travel_together,
)
from cases.applicants.operations.opening import Opening, Outcome, answer_request
from cases.applicants.operations.registering import NewApplicant, register_applicant, register_applicants
from cases.applicants.operations.repeating import repeat_erasures
from cases.applicants.operations.reporting import report_person, report_sealed
from cases.applicants.operations.sharing import (
    assign,
    share_with_person,
    share_with_team,
    stop_opening,
    stop_sharing,
)
from cases.applicants.operations.stages import meet_deadline, move_stage, set_deadline, withdraw_deadline
from cases.applicants.operations.telling import add_sealed_note
from cases.applicants.operations.undoing import reopen_deadline, return_to_household, undo_move
from cases.applicants.operations.work import (
    add_note,
    add_task,
    edit_task,
    finish_task,
    note_if_said,
    reopen_task,
)

__all__ = [
    "NewApplicant",
    "Opening",
    "Outcome",
    "add_consent_text",
    "add_note",
    "add_sealed_note",
    "add_task",
    "answer_request",
    "approve_erasure",
    "ask_erasure",
    "assign",
    "change_membership",
    "edit_applicant",
    "edit_task",
    "end_hold",
    "finish_erasures",
    "finish_task",
    "join_household",
    "leave_household",
    "load_consent_texts",
    "meet_deadline",
    "move_stage",
    "note_contact",
    "note_if_said",
    "record_consent",
    "refuse_erasure",
    "register_applicant",
    "register_applicants",
    "reopen_deadline",
    "reopen_task",
    "repeat_erasures",
    "report_person",
    "report_sealed",
    "return_to_household",
    "review_hold",
    "safe_with_readers",
    "seal_contact",
    "seal_identity",
    "set_deadline",
    "set_hold",
    "share_with_person",
    "share_with_team",
    "stop_opening",
    "stop_sharing",
    "travel_together",
    "undo_move",
    "withdraw_consent",
    "withdraw_deadline",
]
