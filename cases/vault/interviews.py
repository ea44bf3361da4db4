"""One case open for three hours: whether an interview runs, for which safes, and until when.

It lives in the unlock in which it was begun, and only there: locked, logged out or unlocked anew, its mark fits no more.
What it opens is opened with the keys of the grants, as ever; who has lost one opens nothing with an interview.
"""

import hmac
from datetime import datetime, timedelta

from django.utils import timezone

from cases.staff.models import User
from cases.vault.envelope import derive, info
from cases.vault.models import OpenInterview, Safe
from cases.vault.queries import held_safe_ids
from cases.vault.refusals import NoReason
from cases.vault.unlock import Unlocked, boottime


def running(user: User, unlocked: Unlocked | None) -> OpenInterview | None:
    """The interview that `user` is in now, within this very unlock; None where nothing of it can be opened any more."""
    if unlocked is None or unlocked.user_id != user.pk:
        return None
    row = OpenInterview.objects.filter(user=user, ended_at__isnull=True).first()
    if row is None:
        return None
    if boottime() >= row.ends or not hmac.compare_digest(mark_of(row, unlocked), bytes(row.mark)):
        return None
    return row if held_safe_ids(user, row.safes) else None


def mark_of(row: OpenInterview, unlocked: Unlocked) -> bytes:
    """What vouches that this interview was begun in this unlock, for these safes, until then and for this reason."""
    key = derive(unlocked.root, info("interview"))
    about = info("interview", row.user_id, repr(unlocked.since), repr(row.ends), row.reason)
    return hmac.digest(key, about + info("safes", *sorted(map(str, row.safes))), "sha256")


def seconds_left(row: OpenInterview) -> int:
    return max(0, int(row.ends - boottime()))


def until(row: OpenInterview) -> datetime:
    return timezone.now() + timedelta(seconds=seconds_left(row))


def reason_within(safe: Safe, unlocked: Unlocked, by: User) -> str:
    """The reason that was given once, for opening something of `safe` without giving one again."""
    row = running(by, unlocked)
    if row is None or safe.pk not in row.safes:
        raise NoReason
    return f"interview {row.pk}: {row.reason}"
