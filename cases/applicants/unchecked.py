"""Texts that wait to be compared with what is sealed, and those found to tell who somebody is."""

from django.db.models import Q, QuerySet
from django.http import Http404

from cases.applicants.models import UncheckedText
from cases.applicants.queries import Scope, applicants_for
from cases.staff.models import User
from cases.vault.queries import grants_of

# Compared at one unlocking; the rest follows with the next.
MOST = 50


def texts_to_look_at(user: User) -> tuple[list[UncheckedText], list[UncheckedText]]:
    """Those that wait to be compared and those found to tell, of cases that `user` sees and whose name `user` can open."""
    found = list(_mine(user).filter(Q(checked_at__isnull=True) | Q(tells=True)))
    return [one for one in found if one.checked_at is None], [one for one in found if one.tells]


def find_telling(user: User, text_id: int) -> UncheckedText:
    found = _mine(user, "work").filter(tells=True, pk=text_id).first()
    if found is None:
        raise Http404
    return found


def _mine(user: User, to: Scope = "read") -> QuerySet[UncheckedText]:
    held = grants_of(user).values("content_object")
    texts = UncheckedText.objects.filter(
        applicant__in=applicants_for(user, to), applicant__identity_safe__in=held
    )
    return texts.select_related("applicant", "by").order_by("at")
