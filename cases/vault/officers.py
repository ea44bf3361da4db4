"""Who the duty officers are, and what waits for them."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault.models import AccessRequest, DutyRequest, Grant, Safe
from cases.vault.queries import living_grants


def officers() -> QuerySet[User]:
    """The duty officers who can act: those whose account is open and whose role lets them unlock."""
    return colleagues(who_may=Permission.USE_VAULT).filter(duty__isnull=False).order_by("full_name")


def is_officer(user: User) -> bool:
    return officers().filter(pk=user.pk).exists()


def waiting_requests() -> QuerySet[DutyRequest]:
    """Requests that can still be approved."""
    waiting = DutyRequest.objects.filter(answered_at__isnull=True, expires_at__gt=timezone.now())
    return waiting.select_related("asker", "colleague", "safe")


def find_waiting(user: User, pk: object) -> DutyRequest:
    """Return a request to whom it concerns; for anybody else there is none."""
    if not is_officer(user):
        raise Http404
    return get_object_or_404(waiting_requests(), pk=pk)


def lost_to(user: User) -> QuerySet[Safe]:
    """What `user` could open and lost with a key, by running out of days, or because it was sealed anew meanwhile.

    Not what ended on purpose: a team that was left, or a guest's day.
    """
    now = timezone.now()
    held = Grant.objects.filter(user=user, suspended_at__isnull=True).exclude(firm=True, expires_at__lte=now)
    gone = held.exclude(pk__in=living_grants().filter(user=user).values("pk"))
    asked = AccessRequest.objects.filter(asker=user, answered_at__isnull=True).exclude(expires_at__lte=now)
    again = asked.filter(after_loss=True) | asked.filter(after_rekey=True)
    named = gone.values("content_object").union(again.values("safe"))
    return Safe.objects.filter(pk__in=named)


def with_losses() -> list[User]:
    """Colleagues for whom something can be restored."""
    return [user for user in colleagues(who_may=Permission.USE_VAULT) if lost_to(user).exists()]
