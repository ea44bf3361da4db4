"""Who belongs together. A household that parts keeps its history."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant, Household, Membership
from cases.applicants.refusals import NobodyLeads, NotInHousehold, SameHousehold
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
def leave_household(
    *, applicant: Applicant, along: Collection[UUID] = (), principal: UUID | None = None, by: User
) -> Membership:
    """Take a person out of the household, alone or with others of it, who then make a household of their own.

    `along` and `principal` are ids of applicants; `principal` is who leads those who stay, needed where the one who led
    them goes and two or more stay. Rows are ended, never changed: both histories stay. Raises `NotInHousehold`, also for
    somebody named who belongs elsewhere, and `NobodyLeads`.
    """
    mine = _mine(applicant)
    others = list(_living(mine).select_for_update().exclude(pk=mine.pk))
    going = [one for one in others if one.applicant_id in along]
    staying = [one for one in others if one not in going]
    heir = next((one for one in staying if one.applicant_id == principal), None)
    if len(going) != len(set(along)):
        raise NotInHousehold
    leaderless = _leads(mine, *going) and len(staying) > 1
    if heir is None and (leaderless or principal):
        raise NobodyLeads
    _end(mine, *going)
    if leaderless and heir is not None:
        _go_on(heir, kinship=Membership.Kinship.PRINCIPAL, travels_with=True)
    if going:
        _begin_apart(applicant, going)
    detail = ", ".join([applicant.pseudonym, *(one.applicant.pseudonym for one in going)])
    record("applicants.household_left", by=by, about=str(applicant.pk), detail=detail)
    return mine


@transaction.atomic
def change_membership(*, applicant: Applicant, kinship: str, has_certificate: bool | None, by: User) -> None:
    """Say anew as what a person belongs to the household; what was said before stays in the history."""
    mine = _mine(applicant)
    if mine.kinship == Membership.Kinship.PRINCIPAL:
        raise NotInHousehold
    if (mine.kinship, mine.has_certificate) == (kinship, has_certificate):
        return
    _go_on(mine, kinship=kinship, has_certificate=has_certificate)
    detail = f"{applicant.pseudonym}: {kinship}"
    record("applicants.household_changed", by=by, about=str(applicant.pk), detail=detail)


@transaction.atomic
def travel_together(*, applicant: Applicant, together: bool, by: User) -> None:
    """Say whether a person of a household travels with its principal applicant, or alone."""
    mine = _mine(applicant)
    if mine.kinship == Membership.Kinship.PRINCIPAL:
        raise NotInHousehold
    mine.travels_with = together
    mine.save(update_fields=["travels_with"])
    detail = f"{applicant.pseudonym}: {'with the principal applicant' if together else 'alone'}"
    record("applicants.household_travel", by=by, about=str(applicant.pk), detail=detail)


def _begin_with(applicant: Applicant) -> Household:
    household = Household.objects.create()
    Membership.objects.create(household=household, applicant=applicant, kinship=Membership.Kinship.PRINCIPAL)
    return household


def _begin_apart(applicant: Applicant, going: Iterable[Membership]) -> None:
    """A household of those who left together. A child stays a child; what the others are to the first is to be said."""
    household = _begin_with(applicant)
    for one in going:
        is_child = one.kinship == Membership.Kinship.CHILD
        Membership.objects.create(
            household=household,
            applicant=one.applicant,
            kinship=Membership.Kinship.CHILD if is_child else Membership.Kinship.OTHER,
            has_certificate=one.has_certificate if is_child else None,
        )


def _mine(applicant: Applicant) -> Membership:
    """The place of a person in the household, kept from others until the end of the transaction."""
    mine = Membership.objects.select_for_update().filter(applicant=applicant, until__isnull=True).first()
    if mine is None:
        raise NotInHousehold
    return mine


def _living(mine: Membership) -> QuerySet[Membership]:
    return Membership.objects.filter(household=mine.household_id, until__isnull=True)


def _leads(*memberships: Membership) -> bool:
    return any(one.kinship == Membership.Kinship.PRINCIPAL for one in memberships)


def _go_on(membership: Membership, **said: Any) -> None:
    """End a place, and begin it again as something else: the row that ended is the history."""
    begun = {name: getattr(membership, name) for name in ("kinship", "has_certificate", "travels_with")}
    now = timezone.now()
    membership.until = now
    membership.save(update_fields=["until"])
    Membership.objects.create(
        household=membership.household, applicant=membership.applicant, since=now, **begun | said
    )


def _end(*memberships: Membership) -> None:
    now = timezone.now()
    for membership in memberships:
        membership.until = now
        membership.save(update_fields=["until"])
    left = _living(memberships[0])
    # One person alone is no household.
    if left.count() == 1:
        left.update(until=now)
