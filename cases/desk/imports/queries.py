from collections.abc import Iterable
from uuid import UUID

from django.db.models.functions import Lower

from cases.applicants.models import Applicant, UsedPseudonym
from cases.staff.models import User


def used_pseudonyms() -> set[str]:
    """Return every pseudonym ever given out, in lower case."""
    return set(UsedPseudonym.objects.values_list(Lower("pseudonym"), flat=True))


def taken_in(ids: Iterable[UUID], by: User) -> set[UUID]:
    """Return which of the people to be registered under `ids` this user has registered already."""
    return set(Applicant.objects.filter(pk__in=list(ids), intake_by=by).values_list("pk", flat=True))
