"""Which safes are to get a new key, because somebody who knew the present one opens them no more.

Where a row tells it, no event has to: roles end and guests' days come without anybody doing anything.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault.models import Grant, Safe
from cases.vault.queries import living_grants


def dead_grants() -> QuerySet[Grant]:
    """Grants that get no part of a new key; what only ran out of days is not among them, and stays suspended."""
    able = colleagues(who_may=Permission.USE_VAULT).values("pk")
    living = living_grants().filter(pk=OuterRef("pk"))
    dead: QuerySet[Grant] = Grant.objects.filter(
        ~Q(user__in=able)
        | Q(firm=True, expires_at__lte=timezone.now())
        | Q(lost_at__isnull=False)
        | (Q(suspended_at__isnull=False) & ~Exists(living))
    )
    return dead


def due_safes() -> QuerySet[Safe]:
    ended = dead_grants().values("content_object")
    return Safe.objects.filter(Q(rekey_due_at__isnull=False) | Q(pk__in=ended))


def due_for(user: User) -> QuerySet[Safe]:
    """Those among them that `user` can give a new key: who can open one and is no guest."""
    held = living_grants().filter(user=user, firm=False).values("content_object")
    return due_safes().filter(pk__in=held)
