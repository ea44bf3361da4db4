"""Which figures were asked for and approved, and what they are before that."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.desk.models import Publication
from cases.desk.published.counting import LINKS, count
from cases.desk.published.periods import Period, over
from cases.desk.published.protecting import Shown, protect
from cases.staff.models import User
from cases.staff.roles import Permission


def publications_for(user: User) -> QuerySet[Publication]:
    """What was approved, for whoever takes figures out; what waits, for the director and for who asked."""
    found = Publication.objects.select_related("asked_by", "answered_by")
    if user.may(Permission.APPROVE_FIGURES):
        return found
    return found.filter(answer="approved") | found.filter(asked_by=user)


def find_publication(user: User, publication_id: UUID) -> Publication:
    return get_object_or_404(publications_for(user), pk=publication_id)


def find_approved(user: User, publication_id: UUID) -> Publication:
    """Only of what was approved there is a file."""
    return get_object_or_404(publications_for(user).filter(answer="approved"), pk=publication_id)


def find_waiting(user: User, publication_id: UUID) -> Publication:
    return get_object_or_404(publications_for(user).filter(answer=""), pk=publication_id)


def told_of(period: Period) -> QuerySet[Publication]:
    """Approved figures that share a day with this period."""
    return Publication.objects.filter(answer="approved", starts__lte=period.ends, ends__gte=period.starts)


def open_periods() -> list[Period]:
    """The periods that somebody may still ask for."""
    told = list(Publication.objects.filter(answer="approved").values_list("starts", "ends"))
    asked = set(Publication.objects.filter(answer="").values_list("code", flat=True))
    return [
        period
        for period in over(timezone.localdate())
        if period.code not in asked
        and not any(starts <= period.ends and ends >= period.starts for starts, ends in told)
    ]


def figures_of(period: Period) -> Shown:
    return protect(count(period), LINKS)


def digest(tables: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
