"""Governments, who speaks for them, and what was talked about: for everybody who sees cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.relocation.models import Contact, Government, Talk
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission

MOST_STEPS = 20
_OPEN = Q(next_until__isnull=False, done_at__isnull=True)


def governments() -> QuerySet[Government]:
    """Whose next step is due first comes first; `next_due`, `last_talk` and `overdue` say when and how many."""
    open_now = Q(talks__next_until__isnull=False, talks__done_at__isnull=True)
    late = open_now & Q(talks__next_until__lt=timezone.localdate())
    found = Government.objects.annotate(
        next_due=Min("talks__next_until", filter=open_now),
        last_talk=Max("talks__held_on"),
        overdue=Count("talks", filter=late),
    )
    return found.order_by(F("next_due").asc(nulls_last=True), "country", "name")


def overdue_steps() -> QuerySet[Talk]:
    """Next steps whose day is over, of every government, the oldest first."""
    late = Talk.objects.filter(_OPEN, next_until__lt=timezone.localdate())
    return late.select_related("government", "next_by").order_by("next_until")


def steps_come_for(user: User) -> list[Talk]:
    """Next steps whose day has come: those `user` promised, and those of the others which `user` wrote down."""
    mine = Q(next_by=user) | Q(next_by__isnull=True, written_by=user)
    come = Talk.objects.filter(_OPEN, mine, next_until__lte=timezone.localdate())
    return list(
        come.select_related("government", "next_by").order_by("next_until", "written_at")[:MOST_STEPS]
    )


def find_government(government_id: UUID) -> Government:
    return get_object_or_404(Government.objects.select_related("added_by"), pk=government_id)


def find_contact(contact_id: UUID) -> Contact:
    return get_object_or_404(Contact.objects.select_related("government"), pk=contact_id)


def find_talk(talk_id: UUID) -> Talk:
    return get_object_or_404(Talk.objects.select_related("government"), pk=talk_id)


def contacts_of(government: Government) -> QuerySet[Contact, Any]:
    """Who left comes last; `last_contact` is the day of the last talk with each."""
    found = government.contacts.annotate(last_contact=Max("talks__held_on"))
    return found.order_by(F("left_on").asc(nulls_first=True), "name")


def talks_of(government: Government) -> QuerySet[Talk]:
    return government.talks.select_related("contact", "next_by", "done_by", "written_by")


def steps_of(government: Government) -> QuerySet[Talk]:
    """What is still to be done, the overdue first."""
    return talks_of(government).filter(_OPEN).order_by("next_until")


def doers() -> QuerySet[User]:
    """The colleagues who can be given a next step."""
    return colleagues(who_may=Permission.NEGOTIATE).order_by("full_name")


@dataclass(frozen=True)
class Month:
    """The talks of one month, the latest first."""

    first: date
    talks: Sequence[Talk]


def by_month(talks: Sequence[Talk]) -> list[Month]:
    months: dict[date, list[Talk]] = {}
    for talk in talks:
        months.setdefault(talk.held_on.replace(day=1), []).append(talk)
    return [Month(first, found) for first, found in months.items()]
