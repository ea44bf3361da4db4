"""Forms clean what was typed and save nothing."""

from cases.staff.forms.account import AccountForm, AwayForm, NoticesForm
from cases.staff.forms.colleagues import GiveRoleForm, InviteForm, TeamForm, TeamNameForm
from cases.staff.forms.emergency import FreezeForm, LiftForm, LossForm, TravelForm, VoiceForm
from cases.staff.forms.entrance import NewPasswordForm, OldPasswordForm

__all__ = [
    "AccountForm",
    "AwayForm",
    "FreezeForm",
    "GiveRoleForm",
    "InviteForm",
    "LiftForm",
    "LossForm",
    "NewPasswordForm",
    "NoticesForm",
    "OldPasswordForm",
    "TeamForm",
    "TeamNameForm",
    "TravelForm",
    "VoiceForm",
]
