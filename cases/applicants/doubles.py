"""Pairs of cases that may be one person, as one colleague sees them: only with both names in hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest
from django.http import Http404

from cases.applicants.models import Applicant, Compared, Double, Note, Task
from cases.applicants.queries import Scope, applicants_for, people_who_see
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.models import Safe
from cases.vault.queries import grants_of


def held_cases(user: User, to: Scope = "read") -> QuerySet[Applicant]:
    """Cases that `user` sees and whose name `user` can open."""
    held = grants_of(user).filter(content_object__kind=Safe.Kind.IDENTITY).values("content_object")
    return applicants_for(user, to).filter(identity_safe__in=held)


def not_compared(user: User) -> list[tuple[UUID, datetime]]:
    """Cases whose name was sealed, or given to `user`, since everything was last compared; the oldest first."""
    held = grants_of(user).filter(content_object__kind=Safe.Kind.IDENTITY)
    since = Compared.objects.filter(user=user).values_list("up_to", flat=True).first()
    sealed = Max("content_object__items__created_at", filter=Q(content_object__items__kind="identity"))
    dated = held.annotate(sealed=sealed).filter(sealed__isnull=False)
    dated = dated.annotate(since=Greatest(F("sealed"), F("created_at")))
    if since is not None:
        dated = dated.filter(since__gt=since)
    return list(dated.order_by("since").values_list("content_object", "since"))


def doubles_for(user: User) -> QuerySet[Double]:
    """Pairs that wait for an answer, of cases that `user` works on and whose names `user` can open."""
    held = held_cases(user, "work").values("pk")
    waiting = Double.objects.filter(answer="", first__in=held, second__in=held)
    return waiting.select_related("first__owner", "second__owner")


def doubles_of(user: User) -> dict[str, int]:
    """For the first page. Whether there are new names to compare is asked behind it: with many names that takes a while."""
    if not (user.may(Permission.WORK) and user.may(Permission.USE_VAULT)):
        return {}
    return {"doubles": doubles_for(user).count()}


def find_double(user: User, double_id: int) -> Double:
    found = doubles_for(user).filter(pk=double_id).first()
    if found is None:
        raise Http404
    return found


def known_pairs(ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    found = Double.objects.filter(Q(first__in=list(ids)) | Q(second__in=list(ids)))
    return set(found.values_list("first", "second"))


@dataclass(frozen=True)
class Half:
    """One case of a pair with what there is of it, so that one can say which should remain."""

    applicant: Applicant
    notes: int
    tasks: int
    loses: list[User]


def halves(double: Double) -> list[Half]:
    cases = (double.first, double.second)
    return [_half(one, next(other for other in cases if other != one)) for one in cases]


def _half(applicant: Applicant, other: Applicant) -> Half:
    seeing = set(people_who_see(other).values_list("pk", flat=True))
    return Half(
        applicant,
        Note.objects.filter(applicant=applicant).count(),
        Task.objects.filter(applicant=applicant, done_at=None).count(),
        [user for user in people_who_see(applicant) if user.pk not in seeing],
    )


@dataclass(frozen=True)
class Merged:
    """`into`: the case that remains, if the viewer sees it; `others`: those that were merged into this one, as far as seen."""

    into: Applicant | None
    others: list[Applicant]


def merged_with(applicant: Applicant, viewer: User) -> Merged:
    seen = applicants_for(viewer)
    into = seen.filter(pk=applicant.merged_into_id).first() if applicant.merged_into_id else None
    return Merged(into, list(seen.filter(merged_into=applicant).order_by("pseudonym")))
