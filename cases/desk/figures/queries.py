"""Figures of the cases somebody sees, as filtered: each one question, counted by the database."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Lag, Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, StageChange
from cases.applicants.stages import OPEN

BANDS: tuple[tuple[Promise, int, int | None], ...] = (
    (_("under a week"), 0, 7),
    (_("1 week to 1 month"), 7, 30),
    (_("1 to 3 months"), 30, 90),
    (_("3 to 6 months"), 90, 180),
    (_("6 months to a year"), 180, 365),
    (_("over a year"), 365, None),
)
DAYS = 30
STAYS = """
SELECT stage, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days), percentile_cont(0.9) WITHIN GROUP (ORDER BY days)
FROM (SELECT stage, extract(epoch FROM until - since) / 86400 AS days FROM ({stays}) AS stay) AS one GROUP BY stage
"""


@dataclass(frozen=True)
class Totals:
    people: int
    new: int
    silent: int
    unowned: int


@dataclass(frozen=True)
class Stays:
    """How long cases stay in a stage, in days: half of them at most `half`, nine of ten at most `most`."""

    number: int
    half: float
    most: float


def totals(cases: QuerySet[Applicant]) -> Totals:
    """`silent`: open, and nobody has had contact for a month."""
    month_ago = timezone.localdate() - timedelta(days=DAYS)
    silent = Q(stage__in=OPEN) & (Q(last_contact_on__lt=month_ago) | Q(last_contact_on__isnull=True))
    found = cases.order_by().aggregate(
        people=Count("pk"),
        new=Count("pk", filter=Q(created_at__gte=timezone.now() - timedelta(days=DAYS))),
        silent=Count("pk", filter=silent),
        unowned=Count("pk", filter=Q(stage__in=OPEN, owner__isnull=True)),
    )
    return Totals(**found)


def by(cases: QuerySet[Applicant], field: str) -> dict[str, int]:
    """How many cases for each value of a field, the most frequent first."""
    rows = cases.order_by().values_list(field).annotate(number=Count("pk")).order_by("-number", field)
    return dict(rows)


def waiting(cases: QuerySet[Applicant]) -> list[int]:
    """Open cases by the time since the person was registered, in the bands above."""
    now = timezone.now()
    bands = {}
    for place, (_label, least, most) in enumerate(BANDS):
        since = Q(created_at__lte=now - timedelta(days=least)) if least else Q()
        until = Q(created_at__gt=now - timedelta(days=most)) if most else Q()
        bands[f"band_{place}"] = Count("pk", filter=since & until)
    return list(cases.filter(stage__in=OPEN).order_by().aggregate(**bands).values())


def stays_ended(cases: QuerySet[Applicant]) -> dict[str, Stays]:
    """Of each stage the stays that are over: from the change into it, or from the beginning, to the change out of it."""
    before = Window(Lag("at"), partition_by=["applicant"], order_by=["at", "id"])
    changes = StageChange.objects.filter(applicant__in=cases.order_by().values("pk")).order_by()
    return _stays(
        changes.annotate(since=Coalesce(before, F("applicant__created_at"))).values(
            "since", stage=F("source"), until=F("at")
        )
    )


def stays_so_far(cases: QuerySet[Applicant]) -> dict[str, Stays]:
    """Of each stage those who are in it, until now."""
    there = cases.filter(stage__in=OPEN).order_by().select_related(None)
    return _stays(there.annotate(until=Now(), since=F("stage_since")).values("stage", "since", "until"))


def _stays(stays: QuerySet) -> dict[str, Stays]:  # type: ignore[type-arg]
    try:
        sql, params = stays.query.sql_with_params()
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(STAYS.format(stays=sql), params)
        return {stage: Stays(number, half, most) for stage, number, half, most in cursor.fetchall()}
