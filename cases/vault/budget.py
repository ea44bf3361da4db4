"""How many different people a colleague may open in a day, and how many of them are left.

The day is that of UTC, alike for everybody: a time zone of one's own could be changed, and with it the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.models import CountedPerson, DutyRequest, MoreOpenings
from cases.vault.queries import may_confirm

# From so few left on, the pages say so.
FEW = 5


def today() -> date:
    return timezone.now().astimezone(UTC).date()


def day_ends() -> datetime:
    return datetime.combine(today() + timedelta(days=1), time(), UTC)


def counted(user: User, day: date) -> QuerySet[CountedPerson]:
    return CountedPerson.objects.filter(user=user, day=day)


def limit_of(user: User, day: date) -> int:
    given = MoreOpenings.objects.filter(asker=user, day=day, answer=MoreOpenings.Answer.GIVEN)
    more = given.aggregate(more=Sum("number"))["more"] or 0
    return int(settings.VAULT["daily_budget"]) + int(more)


def open_wish(user: User) -> MoreOpenings | None:
    return MoreOpenings.objects.filter(asker=user, day=today(), answered_at__isnull=True).first()


def wishes_waiting_for(user: User) -> list[MoreOpenings]:
    """What colleagues ask today and `user` may answer: whoever has a vault that the others know."""
    asked = MoreOpenings.objects.filter(day=today(), answered_at__isnull=True, asker__is_active=True)
    waiting = list(asked.exclude(asker=user).select_related("asker"))
    return waiting if waiting and may_answer(user) else []


def find_wish(user: User, pk: UUID) -> MoreOpenings:
    found = next((wish for wish in wishes_waiting_for(user) if wish.pk == pk), None)
    if found is None:
        raise Http404
    return found


def may_answer(user: User) -> bool:
    return user.may(Permission.USE_VAULT) and may_confirm(user)


def opened_in_need(user: User, safe_ids: Iterable[UUID]) -> set[UUID]:
    """Of these safes, those that two duty officers opened for `user` within the last hours."""
    since = timezone.now() - timedelta(hours=DutyRequest.HOURS_OPEN)
    done = DutyRequest.objects.filter(
        kind=DutyRequest.Kind.OPEN, answer=DutyRequest.Answer.DONE, colleague=user, safe__in=list(safe_ids)
    )
    return {pk for pk in done.filter(answered_at__gt=since).values_list("safe_id", flat=True) if pk}


@dataclass(frozen=True)
class Budget:
    """What is left to one colleague today, for the pages; read only where one asks."""

    user: User
    more: int

    @cached_property
    def used(self) -> int:
        return counted(self.user, today()).count()

    @cached_property
    def left(self) -> int:
        return max(0, limit_of(self.user, today()) - self.used)

    @property
    def is_low(self) -> bool:
        return self.left < FEW

    @cached_property
    def is_asked(self) -> bool:
        return open_wish(self.user) is not None


def budget_of(user: User) -> Budget:
    return Budget(user, int(settings.VAULT["more_openings"]))
