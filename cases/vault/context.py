from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from cases.staff.roles import Permission
from cases.vault import unlock


@dataclass(frozen=True)
class Lock:
    """The lock in the header: whether this person has one, whether it is open, and until when."""

    available: bool
    until: datetime | None

    @property
    def unlocked(self) -> bool:
        return self.until is not None


def lock(request: HttpRequest) -> dict[str, Lock]:
    # An error page for a request that was refused at the very door knows no user.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may(Permission.USE_VAULT):
        return {"lock": Lock(available=False, until=None)}
    unlocked = unlock.current(request)
    return {"lock": Lock(available=True, until=unlocked.until if unlocked else None)}
