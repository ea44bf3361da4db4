"""Forms clean what was typed and save nothing."""

from cases.applicants.forms.erasing import ErasureForm, HoldForm, ReviewForm
from cases.applicants.forms.facts import EditForm, RegisterForm
from cases.applicants.forms.opening import AskForm, LeaveTextForm, OpenForm
from cases.applicants.forms.sealed import ContactForm, IdentityForm
from cases.applicants.forms.sharing import AssignForm, ShareForm, StopForm
from cases.applicants.forms.work import (
    EditTaskForm,
    HouseholdForm,
    NoteForm,
    SealedNoteForm,
    StageForm,
    TaskForm,
)

__all__ = [
    "AskForm",
    "AssignForm",
    "ContactForm",
    "EditForm",
    "EditTaskForm",
    "ErasureForm",
    "HoldForm",
    "HouseholdForm",
    "IdentityForm",
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
