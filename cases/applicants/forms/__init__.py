"""Forms clean what was typed and save nothing."""

from cases.applicants.forms.erasing import ErasureForm, HoldForm, ReviewForm
from cases.applicants.forms.facts import EditForm, RegisterForm
from cases.applicants.forms.households import BelongsForm, HouseholdForm, LeaveForm
from cases.applicants.forms.opening import AskForm, LeaveTextForm, OpenForm
from cases.applicants.forms.sealed import ContactForm, IdentityForm
from cases.applicants.forms.sharing import AssignForm, ShareForm, StopForm
from cases.applicants.forms.work import (
    EditTaskForm,
    NoteForm,
    SealedNoteForm,
    StageForm,
    TaskForm,
)

__all__ = [
    "AskForm",
    "AssignForm",
    "BelongsForm",
    "ContactForm",
    "EditForm",
    "EditTaskForm",
    "ErasureForm",
    "HoldForm",
    "HouseholdForm",
    "IdentityForm",
    "LeaveForm",
    "LeaveTextForm",
    "NoteForm",
    "OpenForm",
    "RegisterForm",
    "ReviewForm",
    "SealedNoteForm",
    "ShareForm",
    "StageForm",
    "StopForm",
    "TaskForm",
]
