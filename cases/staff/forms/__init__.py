"""Forms clean what was typed and save nothing."""

from cases.staff.forms.account import AccountForm, AwayForm
from cases.staff.forms.colleagues import GiveRoleForm, InviteForm, TeamForm, TeamNameForm
from cases.staff.forms.entrance import NewPasswordForm, OldPasswordForm

__all__ = [
    "AccountForm",
    "AwayForm",
    "GiveRoleForm",
    "InviteForm",
    "NewPasswordForm",
    "OldPasswordForm",
    "TeamForm",
    "TeamNameForm",
]
