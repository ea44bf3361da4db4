"""Beginning and ending an interview: the reason is given once, and counts for everything that is opened in it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import interviews
from cases.vault.models import REASON_LENGTH, Keyring, OpenInterview, Safe
from cases.vault.operations.counting import committed_first
from cases.vault.operations.opening import require_own
from cases.vault.queries import held_safe_ids
from cases.vault.refusals import InterviewRunning, NoReason, NotGranted
from cases.vault.unlock import Unlocked, boottime


def begin_interview(
    *, safes: Sequence[Safe], reason: str, unlocked: Unlocked | None, by: User
) -> OpenInterview:
    """Open the safes of one person for some hours, never longer than the unlock; never inside a transaction.

    It counts as opening the person, into the day's budget.
    """
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    if not reason.strip():
        raise NoReason
    held = [safe for safe in safes if safe.pk in held_safe_ids(by, safes)]
    if not held:
        raise NotGranted
    lasts = settings.VAULT["interview_seconds"]
    row = OpenInterview(user=by, safes=[safe.pk for safe in safes], reason=reason.strip()[:REASON_LENGTH])
    row.ends = min(boottime() + lasts, unlocked.since + settings.VAULT["unlock_absolute"])
    row.mark = interviews.mark_of(row, unlocked)
    with committed_first(held, by):
        Keyring.objects.select_for_update(no_key=True).get(user=by)
        if interviews.running(by, unlocked):
            raise InterviewRunning
        _end(by, "over before")
        row.save(force_insert=True)
        record("vault.interview_begun", by=by, about=str(held[0].pk), detail=row.reason)
    return row


@transaction.atomic
def end_interview(*, by: User, how: str = "ended") -> None:
    """End the interview of `by`, if there is one; nothing has to be unlocked for that."""
    _end(by, how)


def end_with_login(user: User | None, **kwargs: Any) -> None:
    """End it when the login ends, which is heard as the unlock hears it."""
    if user is not None:
        end_interview(by=user, how="logged out")


def end_when_barred(user: User) -> None:
    """End it when the account is frozen or its colleague travels."""
    end_interview(by=user, how="barred")


def end_old_interviews() -> None:
    """Note the end of those that ran out, or whose unlock ran out: there was no request in which to do it."""
    longest = timedelta(seconds=settings.VAULT["interview_seconds"])
    old = OpenInterview.objects.filter(ended_at__isnull=True, begun_at__lt=timezone.now() - longest)
    for row in old.select_related("user"):
        end_interview(by=row.user, how="ran out")


def _end(by: User, how: str) -> None:
    row = OpenInterview.objects.select_for_update(of=("self",)).filter(user=by, ended_at__isnull=True).first()
    if row is None:
        return
    # A clock that was set back must not keep it open.
    row.ended_at = max(timezone.now(), row.begun_at)
    row.save(update_fields=["ended_at"])
    record("vault.interview_ended", by=by, about=str(row.safes[0]), detail=how)
