"""Whose account is held shut, who can do something about it, and for whom somebody stands in."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.staff.models import Freeze, User
from cases.staff.queries import colleagues, roles_of
from cases.staff.roles import Permission

DAY = timedelta(days=1)
LEADS = (Permission.MANAGE_ACCOUNTS, Permission.HANDLE_BREACH)


def present(*, who_may: Permission | None = None) -> QuerySet[User]:
    """Colleagues who can log in now."""
    return colleagues(who_may=who_may).filter(frozen_at=None, travelling_since=None)


def leads() -> set[int]:
    """Administrators, directors and coordinators who can log in now."""
    return {pk for right in LEADS for pk in present(who_may=right).values_list("pk", flat=True)}


def is_lead(user: User) -> bool:
    return any(user.may(right) for right in LEADS)


def two_suffice(asker: User, approver: User, frozen: User) -> bool:
    """Whether these two may undo what concerns `frozen`: one leads, unless nobody who does is left."""
    pair = {asker.pk, approver.pk}
    left = leads() - {frozen.pk}
    return not left or bool(left & pair)


def has_role(user: User) -> bool:
    return bool(roles_of(user))


def freezes() -> QuerySet[Freeze]:
    return Freeze.objects.select_related("user", "asked_by", "confirmed_by", "lift_asked_by", "loss_by")


def running() -> QuerySet[Freeze]:
    return freezes().filter(began_at__isnull=False, lifted_at__isnull=True, user__is_active=True)


def unconfirmed() -> QuerySet[Freeze]:
    """What waits for a second colleague, for a day."""
    waiting = freezes().filter(began_at__isnull=True, lifted_at__isnull=True)
    return waiting.filter(asked_at__gt=timezone.now() - DAY, user__frozen_at=None, user__is_active=True)


def lately_asked_by(user: User) -> QuerySet[Freeze]:
    """The freezes of others that `user` asked for since a day, confirmed or not."""
    return Freeze.objects.filter(asked_by=user, asked_at__gt=timezone.now() - DAY).exclude(user=user)


def find_running(freeze_id: UUID) -> Freeze:
    return get_object_or_404(running(), pk=freeze_id)


def find_unconfirmed(freeze_id: UUID) -> Freeze:
    return get_object_or_404(unconfirmed(), pk=freeze_id)


def travellers() -> QuerySet[User]:
    return colleagues().filter(travelling_since__isnull=False).select_related("deputy")


def find_traveller(user_id: int) -> User:
    return get_object_or_404(travellers(), pk=user_id)


def stands_in_for(user: User) -> QuerySet[User]:
    """Colleagues whose deputy is `user`, while they travel or are away."""
    gone = Q(travelling_since__isnull=False) | Q(away_until__gte=timezone.localdate())
    return colleagues().filter(gone, deputy=user)


def find_represented(user: User, user_id: int) -> User:
    return get_object_or_404(stands_in_for(user), pk=user_id)
