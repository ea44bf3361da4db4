"""Who belongs together. A household that parts keeps its history."""

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Household, Membership
from cases.applicants.refusals import NotInHousehold, SameHousehold
from cases.audit.operations import record
from cases.staff.models import User


@transaction.atomic
def join_household(
    *,
    applicant: Applicant,
    with_applicant: Applicant,
    kinship: str,
    has_certificate: bool | None,
    travels_with: bool,
    by: User,
) -> Membership:
    """Add a person to the household of another, whose household begins with this where there was none."""
    both = [applicant.pk, with_applicant.pk]
    list(Applicant.objects.select_for_update().filter(pk__in=both).order_by("pk"))
    living = {
        one.applicant_id: one for one in Membership.objects.filter(applicant__in=both, until__isnull=True)
    }
    theirs, mine = living.get(with_applicant.pk), living.get(applicant.pk)
    if applicant == with_applicant or (theirs and mine and theirs.household_id == mine.household_id):
        raise SameHousehold
    if mine:
        _end(mine)
    household = theirs.household if theirs else _begin_with(with_applicant)
    membership = Membership.objects.create(
        household=household,
        applicant=applicant,
        kinship=kinship,
        has_certificate=has_certificate,
        travels_with=travels_with,
    )
    detail = f"{applicant.pseudonym} with {with_applicant.pseudonym}: {kinship}"
    record("applicants.household_joined", by=by, about=str(applicant.pk), detail=detail)
    return membership


@transaction.atomic
def leave_household(*, applicant: Applicant, by: User) -> Membership:
    mine = Membership.objects.select_for_update().filter(applicant=applicant, until__isnull=True).first()
    if mine is None:
        raise NotInHousehold
    _end(mine)
    record("applicants.household_left", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return mine


@transaction.atomic
def travel_together(*, applicant: Applicant, together: bool, by: User) -> None:
    """Say whether a person of a household travels with its principal applicant, or alone."""
    mine = Membership.objects.select_for_update().filter(applicant=applicant, until__isnull=True).first()
    if mine is None or mine.kinship == Membership.Kinship.PRINCIPAL:
        raise NotInHousehold
    mine.travels_with = together
    mine.save(update_fields=["travels_with"])
    detail = f"{applicant.pseudonym}: {'with the principal applicant' if together else 'alone'}"
    record("applicants.household_travel", by=by, about=str(applicant.pk), detail=detail)


def _begin_with(applicant: Applicant) -> Household:
    household = Household.objects.create()
    Membership.objects.create(household=household, applicant=applicant, kinship=Membership.Kinship.PRINCIPAL)
    return household


def _end(membership: Membership) -> None:
    now = timezone.now()
    membership.until = now
    membership.save(update_fields=["until"])
    left = Membership.objects.filter(household=membership.household_id, until__isnull=True)
    # One person alone is no household.
    if left.count() == 1:
        left.update(until=now)
