"""How somebody likes the register: saved filters, the one it opens with, and the columns."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode

from cases.desk.filters import RegisterFilter
from cases.desk.models import RegisterSetting, SavedFilter
from cases.staff.models import User
from cases.staff.queries import teams_of


def setting_of(user: User) -> RegisterSetting:
    known = RegisterSetting.objects.filter(user=user).select_related("first").first()
    return known or RegisterSetting(user=user)


def filters_of(user: User) -> QuerySet[SavedFilter]:
    """One's own, and those of the teams one is in now."""
    usable = Q(team__isnull=True, made_by=user) | Q(team__in=teams_of(user))
    return SavedFilter.objects.filter(usable).select_related("team", "made_by").order_by("name", "made_at")


def find_filter(user: User, filter_id: UUID) -> SavedFilter:
    return get_object_or_404(filters_of(user), pk=filter_id)


def first_filter(setting: RegisterSetting, saved: list[SavedFilter]) -> SavedFilter | None:
    """What the register opens with; whoever left a team has lost its filters."""
    return next((one for one in saved if one.pk == setting.first_id), None)


def worth_saving(typed: QueryDict) -> str:
    """Of an address, what the filter and the order of the list are made of."""
    known = (*RegisterFilter.base_filters, "sort")
    return urlencode([(name, str(typed[name])) for name in known if typed.get(name)])
