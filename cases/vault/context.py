from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest

from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.budget import Budget, budget_of


@dataclass(frozen=True)
class Lock:
    """The lock in the header: whether this person has one, whether it is open, and until when."""

    available: bool
    until: datetime | None
    user: User | None = None

    @property
    def unlocked(self) -> bool:
        return self.until is not None

    @cached_property
    def budget(self) -> Budget | None:
        """What is left of the day's openings; asked for only beside a button that opens something."""
        return budget_of(self.user) if self.user and self.unlocked else None


def lock(request: HttpRequest) -> dict[str, Lock]:
    # An error page for a request that was refused at the very door knows no user.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may(Permission.USE_VAULT):
        return {"lock": Lock(available=False, until=None)}
    unlocked = unlock.current(request)
    return {"lock": Lock(available=True, until=unlocked.until if unlocked else None, user=user)}
