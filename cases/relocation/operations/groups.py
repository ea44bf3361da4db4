"""Putting a group together: who is added, who is taken out, and whether a household stays whole."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.audit.operations import record
from cases.relocation.models import STEPS, Government, Group, Member
from cases.relocation.queries.groups import ids_of
from cases.relocation.queries.households import torn
from cases.relocation.refusals import DoneAlready, HouseholdApart, NoSuchStep, NotADraft
from cases.staff.models import User

# What is said about a household that would be torn apart.
WHOLE, APART = "whole", "apart"


@transaction.atomic
def make_group(*, id: UUID, name: str, government: Government, by: User) -> Group:
    """The same id again is answered with what was made the first time."""
    if again := Group.objects.filter(pk=id, made_by=by).first():
        return again
    made = Group.objects.create(id=id, name=name, government=government, made_by=by)
    record("relocation.group_made", by=by, detail=f"{name}, {government.country.code}")
    return made


@transaction.atomic
def add_people(*, group: Group, people: Sequence[Applicant], households: str = "", by: User) -> list[Member]:
    """Add people; who is in already stays in. Where a household would be torn apart, `households` has to say that it is meant."""
    _draft(group)
    inside = ids_of(group)
    coming = [one for one in people if one.pk not in inside]
    after = inside | {one.pk for one in coming}
    apart = torn(coming, beyond=lambda pk: pk not in after, viewer=by)
    if apart and not households:
        raise HouseholdApart(apart)
    if households == WHOLE:
        coming += [other for one in apart for other in one.others]
    made = [Member.objects.create(group=group, applicant=one, added_by=by) for one in coming]
    for one in coming:
        left = households == APART and any(one in torn_one.people for torn_one in apart)
        _record("relocation.added_to_group", one, group, by, ", household apart" if left else "")
    return made


@transaction.atomic
def take_out(*, group: Group, applicant: Applicant, households: str = "", by: User) -> None:
    """Take somebody out, with the household or, if that is said, without."""
    _draft(group)
    inside = ids_of(group)
    if applicant.pk not in inside:
        raise DoneAlready
    apart = torn([applicant], beyond=lambda pk: pk in inside, viewer=by)
    if apart and not households:
        raise HouseholdApart(apart)
    going = [applicant]
    if households == WHOLE:
        going += [other for one in apart for other in one.others]
    group.members.filter(applicant__in=going).delete()
    for one in going:
        left = households == APART and bool(apart)
        _record("relocation.taken_out_of_group", one, group, by, ", household apart" if left else "")


@transaction.atomic
def move_group(*, group: Group, state: str, by: User) -> None:
    found = Group.objects.select_for_update().get(pk=group.pk)
    if state not in STEPS[found.state]:
        raise NoSuchStep
    found.state = state
    found.closed_at = timezone.now() if state == Group.State.CLOSED else None
    found.save(update_fields=["state", "closed_at"])
    record("relocation.group_moved", by=by, detail=f"{found.name}: {state}")


@transaction.atomic
def photos_here(*, member: Member, here: bool, by: User) -> None:
    """Note that the photographs of a person are there as this government wants them, or that they are not."""
    day = timezone.localdate() if here else None
    Member.objects.filter(pk=member.pk).update(photos_on=day)
    _record("relocation.photos_noted", member.applicant, member.group, by, "" if here else ", none")


def _draft(group: Group) -> Group:
    found = Group.objects.select_for_update().get(pk=group.pk)
    if not found.is_draft:
        raise NotADraft
    return found


def _record(action: str, applicant: Applicant, group: Group, by: User, more: str = "") -> None:
    record(action, by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {group.name}{more}")
