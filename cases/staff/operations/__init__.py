"""What is done about accounts, roles and teams, one function a verb."""

from cases.staff.operations.accounts import (
    choose_language,
    choose_notices,
    deactivate,
    edit_account,
    end_logins,
    raise_epoch,
    reactivate,
    set_away,
)
from cases.staff.operations.announcing import announce, mark_seen
from cases.staff.operations.freezing import (
    approve_lift,
    ask_lift,
    confirm_freeze,
    confirm_loss,
    freeze,
    let_in_from_terminal,
    refuse_lift,
)
from cases.staff.operations.invitations import (
    accept_invitation,
    accept_new_factor,
    invite,
    make_link,
)
from cases.staff.operations.organisation import edit_organisation
from cases.staff.operations.role_grants import end_role, give_role
from cases.staff.operations.teams import edit_team, join_team, leave_team, make_team, rename_team, set_holders
from cases.staff.operations.travelling import ask_coordinators, begin_travel, end_travel

__all__ = [
    "accept_invitation",
    "accept_new_factor",
    "announce",
    "approve_lift",
    "ask_coordinators",
    "ask_lift",
    "begin_travel",
    "choose_language",
    "choose_notices",
    "confirm_freeze",
    "confirm_loss",
    "deactivate",
    "edit_account",
    "edit_organisation",
    "edit_team",
    "end_logins",
    "end_role",
    "end_travel",
    "freeze",
    "give_role",
    "invite",
    "join_team",
    "leave_team",
    "let_in_from_terminal",
    "make_link",
    "make_team",
    "mark_seen",
    "raise_epoch",
    "reactivate",
    "refuse_lift",
    "rename_team",
    "set_away",
    "set_holders",
]
