"""What is done about accounts, roles and teams, one function a verb."""

from cases.staff.operations.accounts import (
    choose_language,
    deactivate,
    edit_account,
    end_logins,
    raise_epoch,
    reactivate,
    set_away,
)
from cases.staff.operations.announcing import announce, mark_seen
from cases.staff.operations.invitations import (
    accept_invitation,
    accept_new_factor,
    invite,
    make_link,
)
from cases.staff.operations.organisation import edit_organisation
from cases.staff.operations.role_grants import end_role, give_role
from cases.staff.operations.teams import edit_team, join_team, leave_team, make_team, rename_team, set_holders

__all__ = [
    "accept_invitation",
    "accept_new_factor",
    "announce",
    "choose_language",
    "deactivate",
    "edit_account",
    "edit_organisation",
    "edit_team",
    "end_logins",
    "end_role",
    "give_role",
    "invite",
    "join_team",
    "leave_team",
    "make_link",
    "make_team",
    "mark_seen",
    "raise_epoch",
    "reactivate",
    "rename_team",
    "set_away",
    "set_holders",
]
