from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from cases.staff.announcements import OF_THE_WORK
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

    What belongs to the work goes to who stands in for one of them as well. Colleagues stand there with their user
    names, which nobody chooses for themselves.
    """
    to, who = list(to), list(who)
    named = {"who": _named(who), "whom": _named(whom)}
    told = [(user, "") for user in to]
    if code in OF_THE_WORK:
        told += _deputies(to, besides={one.pk for one in (*to, *who)})
    Announcement.objects.bulk_create(
        Announcement(to=user, instead_of=gone, code=code, reason=reason[:200], about=about, **named)
        for user, gone in told
    )


def _deputies(to: Iterable[User], *, besides: set[int]) -> list[tuple[User, str]]:
    """Who stands in for those of `to` who are away or travel, each with whom for; nobody is told twice."""
    found: dict[User, list[User]] = {}
    for user in to:
        if user.stand_in and user.stand_in.pk not in besides:
            found.setdefault(user.stand_in, []).append(user)
    return [(deputy, _named(gone)) for deputy, gone in found.items()]


def mark_seen(*, announcement: Announcement, by: User) -> None:
    """The reader's own tidying up; that it was put there stands in the log."""
    Announcement.objects.filter(pk=announcement.pk, to=by, seen_at=None).update(seen_at=timezone.now())


def _named(users: Iterable[User]) -> str:
    return ", ".join(user.told_apart for user in users)
