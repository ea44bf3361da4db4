"""Open deadlines of many cases, the longest overdue first. A fixed number of questions, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Deadline
from cases.applicants.queries import applicants_for, ids_for
from cases.desk.days import day_starts
from cases.desk.deadlines.kinds import WITH_AN_HOUR, part_of
from cases.journeys.models import Place
from cases.journeys.queries import clocks
from cases.staff.models import User

NEAR = 60


def open_deadlines(user: User) -> QuerySet[Deadline]:
    return Deadline.objects.filter(met_at__isnull=True, applicant__in=ids_for(user))


def counts(user: User) -> dict[str, int]:
    """How many of one's own cases, of all that one sees, and how many of each are overdue."""
    late = Q(due_at__lt=day_starts(timezone.localdate()))
    mine = Q(applicant__owner=user)
    found: dict[str, int] = open_deadlines(user).aggregate(
        team=Count("pk"),
        mine=Count("pk", filter=mine),
        team_late=Count("pk", filter=late),
        mine_late=Count("pk", filter=mine & late),
    )
    return found


def filtered(user: User, *, team: bool, kind: str = "", owner: User | None = None) -> QuerySet[Deadline]:
    found = open_deadlines(user)
    if not team:
        found = found.filter(applicant__owner=user)
    if kind:
        found = found.filter(rule=kind) if "." in kind else found.filter(rule__startswith=f"{kind}.")
    if owner:
        found = found.filter(applicant__owner=owner)
    return found.order_by("due_at", "id")


def page_of(found: QuerySet[Deadline], asked: str | None, size: int, number: int | None) -> Page[Any]:
    """A page of them: ids alone are sorted, whole rows are read for those shown. `number` of all, where it is known."""
    paginator: Paginator[Any] = Paginator(found.values_list("pk", flat=True), size)
    if number is not None:
        # Kept as if it had been counted: counting goes through all of them once more.
        paginator.count = number
    page = paginator.get_page(asked)
    ids = list(page.object_list)
    whole = Deadline.objects.select_related("applicant__owner").in_bulk(ids)
    page.object_list = [whole[pk] for pk in ids if pk in whole]
    return page


def in_charge(user: User) -> QuerySet[User]:
    """Who owns a case that `user` sees."""
    return User.objects.filter(pk__in=applicants_for(user).values("owner")).order_by("full_name", "pk")


@dataclass(frozen=True)
class Row:
    """A deadline as the list shows it; `town` names the clock by which its hour is told, where it has one."""

    deadline: Deadline
    town: Place | None

    @property
    def url(self) -> str:
        part, applicant = part_of(self.deadline.rule), self.deadline.applicant
        return reverse("applicants:part", args=[applicant.pk, part]) if part else applicant.get_absolute_url()

    @property
    def hour(self) -> datetime | None:
        """The hour where the person is; without a zone, or a template would turn it back to the reader's clock."""
        if self.deadline.rule not in WITH_AN_HOUR:
            return None
        clock = self.town.clock if self.town else ZoneInfo(settings.TIME_ZONE)
        return self.deadline.due_at.astimezone(clock).replace(tzinfo=None)

    @property
    def is_near(self) -> bool:
        """Near days are told as a distance, to which the date is added; far ones are told as a date anyway."""
        return (timezone.localdate(self.deadline.due_at) - timezone.localdate()).days <= NEAR

    @property
    def clock(self) -> str:
        return self.town.name if self.town else settings.TIME_ZONE.rpartition("/")[2]

    @property
    def done_url(self) -> str:
        return reverse("applicants:deadline_met", args=[self.deadline.pk]) if self.deadline.is_ours else ""


def rows(deadlines: Iterable[Any]) -> list[Row]:
    towns = clocks()
    return [Row(one, towns.get(str(one.applicant.country))) for one in deadlines]
