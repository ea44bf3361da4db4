"""Who belongs together: a household goes into a group as a whole, or somebody says that it does not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from cases.applicants.models import Applicant, Membership
from cases.applicants.queries import applicants_for
from cases.applicants.stages import ENDINGS
from cases.staff.models import User


@dataclass(frozen=True)
class Torn:
    """People of one household, those of it on the other side whom the viewer sees, and how many more are there."""

    people: Sequence[Applicant]
    others: Sequence[Applicant]
    hidden: int


def travelling() -> QuerySet[Membership]:
    """Who belongs to a household today, travels with it, and whose case is not over."""
    living = Membership.objects.filter(until__isnull=True, travels_with=True)
    return living.exclude(applicant__stage__in=ENDINGS)


def torn(people: Iterable[Applicant], *, beyond: Callable[[UUID], bool], viewer: User) -> list[Torn]:
    """The households of `people` of which somebody is `beyond`; two questions, however many people."""
    chosen = {one.pk for one in people}
    households = travelling().filter(applicant__in=chosen).values("household")
    members = list(
        travelling().filter(household__in=households).select_related("applicant").order_by("since", "pk")
    )
    far = [one for one in members if one.applicant_id not in chosen and beyond(one.applicant_id)]
    seen = applicants_for(viewer).filter(pk__in=[one.applicant_id for one in far])
    known = set(seen.values_list("pk", flat=True))
    found = []
    for household in dict.fromkeys(one.household_id for one in far):
        here = [one.applicant for one in members if one.household_id == household]
        others = [one.applicant for one in far if one.household_id == household]
        shown = [one for one in others if one.pk in known]
        found.append(Torn([one for one in here if one.pk in chosen], shown, len(others) - len(shown)))
    return found
