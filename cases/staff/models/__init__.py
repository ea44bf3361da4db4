"""Accounts, teams, roles, and what holds an account shut."""

from cases.staff.models.freezes import Freeze
from cases.staff.models.people import (
    Announcement,
    Invitation,
    Notices,
    Organisation,
    RoleGrant,
    Team,
    User,
    UserManager,
    random_id,
    token_digest,
)

__all__ = [
    "Announcement",
    "Freeze",
    "Invitation",
    "Notices",
    "Organisation",
    "RoleGrant",
    "Team",
    "User",
    "UserManager",
    "random_id",
    "token_digest",
]
