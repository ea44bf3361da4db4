"""The list of cases: what one person may see of it, filtered, sorted, a page at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline, Task
from cases.applicants.queries import applicants_for, list_for
from cases.applicants.stages import OPEN
from cases.desk.columns import COLUMNS, Column
from cases.desk.days import day_starts
from cases.names.pseudonyms import normalise
from cases.staff.models import User
from cases.vault.queries import FEWEST_HOLDERS, living_grants


def register_for(user: User) -> QuerySet[Applicant]:
    return list_for(user).select_related("owner").order_by("-created_at", "id")


def by_pseudonym(user: User, typed: str, number: int = 10) -> QuerySet[Applicant]:
    """Cases whose pseudonym begins with what was typed, the one it is first.

    Compared here and not in the database: what is typed may be a name, and a statement may stand in a log.
    """
    beginning = normalise(typed).casefold()
    known = applicants_for(user).values_list("pk", "pseudonym") if beginning else []
    fitting = [pk for pk, pseudonym in known if pseudonym.casefold().startswith(beginning)]
    return applicants_for(user).filter(pk__in=fitting).order_by("pseudonym")[:number]


def is_same(pseudonym: str, typed: str) -> bool:
    return normalise(pseudonym) == normalise(typed)


def open_cases_of(user: User) -> QuerySet[Applicant]:
    return register_for(user).filter(owner=user, stage__in=OPEN)


def overdue(queryset: QuerySet[Applicant]) -> QuerySet[Applicant]:
    """Cases with a task or a deadline that should have been done by now."""
    case = {"applicant": OuterRef("pk")}
    deadlines = Deadline.objects.filter(
        **case, met_at__isnull=True, due_at__lt=day_starts(timezone.localdate())
    )
    tasks = Task.objects.filter(**case, done_at__isnull=True, due_on__lt=timezone.localdate())
    return queryset.filter(Q(Exists(deadlines)) | Q(Exists(tasks)))


def thin(queryset: QuerySet[Applicant]) -> QuerySet[Applicant]:
    """Cases whose name is known and fewer than two colleagues can open, guests not counted."""
    lasting = living_grants().filter(content_object=OuterRef("identity_safe"), firm=False).order_by()
    number = lasting.values("content_object").annotate(number=Count("pk")).values("number")
    holders = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    return queryset.filter(name_known=True).alias(holders=holders).filter(holders__lt=FEWEST_HOLDERS)


def in_sort_order(queryset: QuerySet[Applicant], sort: str) -> QuerySet[Applicant]:
    """Sort by a column, "-" in front for downwards; what is no column changes nothing."""
    column = COLUMNS.get(sort.removeprefix("-"))
    if column is None or column.sort is None:
        return queryset
    by: Any = column.sort()
    turned = by.desc(nulls_last=True) if sort.startswith("-") else by.asc(nulls_last=True)
    return queryset.order_by(turned, "id")


def page_of(cases: QuerySet[Applicant], asked: str, size: int) -> Page[Applicant]:
    """A page of a list with the number of all, at the price of one look at the list; what is no page is the first.

    Ids alone are sorted, and counted on the way; whole rows are read for those that are shown.
    """
    number = int(asked) if re.fullmatch("[1-9][0-9]{0,8}", asked) else 1
    place = (number - 1) * size
    counted = cases.annotate(number=Window(Count("*"))).values_list("pk", "number")
    found = list(counted[place : place + size])
    paginator = Paginator(cases, size)
    if not found:
        # Beyond the end, or nothing at all: the last page.
        return paginator.get_page(number)
    paginator.count = found[0][1]
    whole = Applicant.objects.select_related("owner").in_bulk([pk for pk, _number in found])
    return Page([whole[pk] for pk, _number in found if pk in whole], place // size + 1, paginator)


@dataclass(frozen=True)
class Row:
    """`line`: where the words of a search were found."""

    applicant: Applicant
    cells: list[tuple[Column, Any]]
    line: Any = None


def rows(
    applicants: Sequence[Applicant], columns: Sequence[Column], lines: Mapping[UUID, Any] | None = None
) -> list[Row]:
    """The cells of a page of cases, column by column."""
    values = zip(*(column.cell.read(applicants) for column in columns if column.cell), strict=True)
    return [
        Row(applicant, list(zip(columns, cells, strict=True)), (lines or {}).get(applicant.pk))
        for applicant, cells in zip(applicants, values, strict=True)
    ]
