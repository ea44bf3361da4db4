"""People in contact who are not taken on yet: who waits, how urgently, and who was not written to for long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from cases.applicants.models import Applicant, Urgency
from cases.applicants.queries import applicants_for
from cases.applicants.stages import Stage
from cases.staff.models import User

BEFORE_INTAKE = (Stage.CONTACT,)
# So many days after one of us last wrote, or after the first message, it is time to write again.
WRITE_AGAIN = {Urgency.DANGER: 1, Urgency.HIGH: 3, Urgency.NORMAL: 14, Urgency.LOW: 30}


def _silent_since() -> Coalesce:
    return Coalesce("last_written_on", TruncDate("created_at"))


def waiting_list(user: User) -> QuerySet[Applicant]:
    """The most urgent first, and of these who has waited longest for a word of ours."""
    waiting = applicants_for(user).filter(stage__in=BEFORE_INTAKE).annotate(silent_since=_silent_since())
    return waiting.order_by("-urgency", "silent_since", "id")


def silent_for_long(waiting: QuerySet[Applicant]) -> QuerySet[Applicant]:
    today = timezone.localdate()
    days = [
        When(urgency=level, then=Value(today - timedelta(days=days))) for level, days in WRITE_AGAIN.items()
    ]
    limit = Case(*days, output_field=DateField())
    return waiting.alias(since=_silent_since(), limit=limit).filter(since__lte=F("limit"))


def counts(user: User) -> dict[str, int]:
    """How many stand in each of the lists."""
    waiting = waiting_list(user)
    number: dict[str, int] = waiting.order_by().aggregate(
        all=Count("pk"), mine=Count("pk", filter=Q(owner=user))
    )
    return number | {"long": silent_for_long(waiting).count()}


def shown(user: User, which: str) -> QuerySet[Applicant]:
    waiting = waiting_list(user)
    if which == "mine":
        waiting = waiting.filter(owner=user)
    if which == "long":
        waiting = silent_for_long(waiting)
    works = ExpressionWrapper(
        Q(pk__in=applicants_for(user, "work").values("pk")), output_field=BooleanField()
    )
    return waiting.annotate(workable=works).select_related("owner")


@dataclass(frozen=True)
class InContact:
    """`written` and `heard`: how many days ago; None where it is not noted."""

    applicant: Applicant
    written: int | None
    heard: int | None
    is_late: bool

    @property
    def waits_for_answer(self) -> bool:
        """Heard from later than written to."""
        return self.heard is not None and self.written is not None and self.heard < self.written


def in_contact(applicants: Iterable[Any]) -> list[InContact]:
    today = timezone.localdate()
    return [
        InContact(
            one,
            _days(one.last_written_on, today),
            _days(one.last_contact_on, today),
            (today - one.silent_since).days >= WRITE_AGAIN[one.urgency],
        )
        for one in applicants
    ]


def _days(day: date | None, today: date) -> int | None:
    return (today - day).days if day else None
