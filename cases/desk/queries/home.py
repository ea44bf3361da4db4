"""What the desk says: what is due, what changed, what an administrator should look at. A fixed number of questions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.alarms.models import REVIEW
from cases.applicants.models import Applicant, Deadline, Task
from cases.applicants.queries import applicants_for, deadlines_for, next_deadlines, tasks_for
from cases.desk.days import day_starts
from cases.desk.deadlines.kinds import part_of
from cases.desk.queries.keeping import cases_of_safes
from cases.desk.queries.register import open_cases_of
from cases.relocation.models import Talk
from cases.relocation.queries.governments import steps_come_for
from cases.staff.announcements import EMERGENCIES, sentence
from cases.staff.barring import stands_in_for
from cases.staff.models import Announcement, Invitation, RoleGrant, Team, User
from cases.staff.queries import announcements_for, least_holders, open_invitations
from cases.staff.roles import Permission

DAYS_AHEAD = 7
MOST_DUE = 20
MY_CASES = 8
CHANGED = 6
ROLES_ENDING_DAYS = 30


@dataclass(frozen=True)
class Due:
    """A task or a deadline; `done_url` is empty where another slice ticks it off.

    A risk is not done but kept: `keep_url` says that it still threatens, `url` leads to where it can be ended.
    """

    at: date | datetime | None
    title: str
    applicant: Applicant
    done_url: str
    keep_url: str = ""
    part: str = ""

    @property
    def url(self) -> str:
        if self.part:
            return reverse("applicants:part", args=[self.applicant.pk, self.part])
        return self.applicant.get_absolute_url()

    @property
    def day(self) -> date:
        if self.at is None:
            return date.max
        return timezone.localdate(self.at) if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True)
class Agenda:
    items: list[Due]
    overdue: int
    today: int
    has_more: bool
    # What was promised in talks with governments, once its day has come.
    steps: list[Talk] = field(default_factory=list)

    @property
    def late_in_all(self) -> int:
        return self.overdue + sum(one.is_overdue for one in self.steps)

    @property
    def today_in_all(self) -> int:
        return self.today + sum(not one.is_overdue for one in self.steps)


def agenda(user: User) -> Agenda:
    """What this person has to do: overdue, within a week, and tasks without a day, in this order."""
    today = timezone.localdate()
    soon = today + timedelta(days=DAYS_AHEAD + 1)
    tasks, deadlines = tasks_for(user), deadlines_for(user)
    tasks_soon = tasks.filter(Q(due_on__lt=soon) | Q(due_on__isnull=True))[: MOST_DUE + 1]
    deadlines_soon = deadlines.filter(due_at__lt=day_starts(soon)).order_by("due_at")[: MOST_DUE + 1]
    due = sorted([*map(_task, tasks_soon), *map(_deadline, deadlines_soon)], key=lambda one: one.day)
    tomorrow = today + timedelta(days=1)
    counted = (
        _count(tasks, "due_on", today, tomorrow),
        _count(deadlines, "due_at", day_starts(today), day_starts(tomorrow)),
    )
    late, now = (sum(numbers) for numbers in zip(*counted, strict=True))
    steps = steps_come_for(user) if user.may(Permission.NEGOTIATE) else []
    return Agenda(due[:MOST_DUE], late, now, len(due) > MOST_DUE, steps)


def my_cases(user: User) -> tuple[list[tuple[Applicant, Deadline | None]], int]:
    """The most urgent open cases of a person, each with its next deadline, and how many there are in all."""
    mine = open_cases_of(user)
    cases = list(mine.order_by("-urgency", "stage_since", "id")[:MY_CASES])
    deadlines = next_deadlines(cases)
    return [(one, deadlines.get(one.pk)) for one in cases], mine.count()


@dataclass(frozen=True)
class Announced:
    """`applicant`: the case that it is about, for who sees it."""

    announcement: Announcement
    sentence: str
    applicant: Applicant | None

    @property
    def is_emergency(self) -> bool:
        return self.announcement.code in EMERGENCIES


def announced_to(user: User) -> list[Announced]:
    found = list(announcements_for(user))
    cases = cases_of_safes(user, [one.about for one in found if one.about])
    return [Announced(one, sentence(one), cases.get(one.about) if one.about else None) for one in found]


def lately_changed(user: User) -> QuerySet[Applicant]:
    return applicants_for(user).select_related("owner").order_by("-updated_at")[:CHANGED]


@dataclass(frozen=True)
class Accounts:
    """What an administrator should look at."""

    invitations: QuerySet[Invitation]
    ending: QuerySet[RoleGrant]
    thin_teams: QuerySet[Team]


def accounts() -> Accounts:
    now = timezone.now()
    ending = RoleGrant.objects.filter(expires_at__range=(now, now + timedelta(days=ROLES_ENDING_DAYS)))
    return Accounts(
        open_invitations().select_related("user").order_by("expires_at"),
        ending.filter(user__is_active=True).select_related("user").order_by("expires_at"),
        Team.objects.annotate(number=Count("holders")).filter(number__lt=least_holders()).order_by("name"),
    )


@dataclass(frozen=True)
class StandIn:
    """What a colleague who is gone had to do: of the cases that the deputy sees, and how much there is of others."""

    colleague: User
    items: list[Due]
    hidden: int


def standing_in(user: User) -> list[StandIn]:
    return [_stand_in(user, colleague) for colleague in stands_in_for(user).order_by("full_name")]


def _stand_in(user: User, colleague: User) -> StandIn:
    tasks, deadlines = tasks_for(colleague), deadlines_for(colleague)
    seen = applicants_for(user)
    mine = sorted(
        [
            *map(_task, tasks.filter(applicant__in=seen)[:MOST_DUE]),
            *map(_deadline, deadlines.filter(applicant__in=seen)[:MOST_DUE]),
        ],
        key=lambda one: one.day,
    )
    hidden = tasks.exclude(applicant__in=seen).count() + deadlines.exclude(applicant__in=seen).count()
    return StandIn(colleague, mine[:MOST_DUE], hidden)


def _task(task: Task) -> Due:
    return Due(task.due_on, task.title, task.applicant, reverse("applicants:task_done", args=[task.pk]))


def _deadline(deadline: Deadline) -> Due:
    at, said, applicant = deadline.due_at, deadline.said, deadline.applicant
    if deadline.rule == REVIEW:
        keep = (
            reverse("alarms:keep_risk", args=[deadline.subject])
            if timezone.localdate(at) <= timezone.localdate()
            else ""
        )
        return Due(at, said, applicant, "", keep_url=keep, part="risks")
    url = reverse("applicants:deadline_met", args=[deadline.pk]) if deadline.is_ours else ""
    return Due(at, said, applicant, url, part=part_of(deadline.rule))


def _count(found: QuerySet[Any], field: str, today: Any, tomorrow: Any) -> tuple[int, int]:
    late = Q(**{f"{field}__lt": today})
    now = Q(**{f"{field}__gte": today, f"{field}__lt": tomorrow})
    numbers = found.order_by().aggregate(late=Count("pk", filter=late), now=Count("pk", filter=now))
    return numbers["late"], numbers["now"]
