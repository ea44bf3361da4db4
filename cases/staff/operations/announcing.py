from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from cases.staff.models import Announcement, User


def announce(
    *,
    code: str,
    to: Iterable[User],
    who: Iterable[User] = (),
    whom: Iterable[User] = (),
    reason: str = "",
    about: UUID | None = None,
) -> None:
    """Put something on the desks of `to`, to be called inside the operation that does it and records it.

    Colleagues stand there with their user names, which nobody chooses for themselves.
    """
    named = {"who": _named(who), "whom": _named(whom)}
    Announcement.objects.bulk_create(
        Announcement(to=user, code=code, reason=reason[:200], about=about, **named) for user in to
    )


def mark_seen(*, announcement: Announcement, by: User) -> None:
    """The reader's own tidying up; that it was put there stands in the log."""
    Announcement.objects.filter(pk=announcement.pk, to=by, seen_at=None).update(seen_at=timezone.now())


def _named(users: Iterable[User]) -> str:
    return ", ".join(user.told_apart for user in users)
