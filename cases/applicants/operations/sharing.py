"""Who sees a case, who works on it, and who of them can open the name and the account."""

from datetime import datetime

from django.contrib.auth.models import Permission as ObjectPermission
from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, ApplicantGroupPermission, ApplicantUserPermission
from cases.applicants.operations.opening import (
    Opening,
    Outcome,
    follow,
    held_already,
    limit,
    lock_safes,
    open_to,
)
from cases.applicants.operations.registering import object_permissions
from cases.applicants.queries import Scope, applicants_for, is_lasting
from cases.applicants.refusals import GuestsDoNotShare, OwnerKeepsAccess
from cases.audit.operations import record
from cases.staff.models import Team, User
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.unlock import Unlocked


@transaction.atomic
def share_with_person(
    *,
    applicant: Applicant,
    person: User,
    to: Scope,
    expires_at: datetime | None,
    by: User,
    opening: Opening | None = None,
) -> dict[str, Outcome]:
    """Let a colleague read or work; with `opening`, also open the name or the account.

    What the giver cannot hand over now is asked of those who can. Answers what became of each safe, by its kind.
    """
    _require_lasting(applicant, by)
    _keep_whole(applicant, person, to, expires_at)
    lock_safes(applicant)
    comes = not applicants_for(person).filter(pk=applicant.pk).exists()
    _replace_rows(
        ApplicantUserPermission.objects.filter(user=person, content_object=applicant),
        [
            ApplicantUserPermission(
                user=person,
                permission=permission,
                content_object=applicant,
                given_by=by,
                expires_at=expires_at,
            )
            for permission in _permissions(to)
        ],
    )
    follow([person], applicant, by)
    outcomes = held_already(person, applicant) if comes else {}
    if opening:
        limit(person, opening.safes, expires_at, applicant, by)
        outcomes |= open_to(person, applicant, opening, expires_at, by)
    said = "".join(f", {kind}: {outcome.value}" for kind, outcome in outcomes.items())
    until = f" until {expires_at:%Y-%m-%d}" if expires_at else ""
    detail = f"{applicant.pseudonym}: {person.username}, {to}{until}{said}"
    record("applicants.shared", by=by, about=str(applicant.pk), detail=detail)
    return outcomes


@transaction.atomic
def share_with_team(
    *, applicant: Applicant, team: Team, to: Scope, expires_at: datetime | None, by: User
) -> None:
    _require_lasting(applicant, by)
    _keep_whole(applicant, team, to, expires_at)
    lock_safes(applicant)
    _replace_rows(
        ApplicantGroupPermission.objects.filter(group=team.group_id, content_object=applicant),
        [
            ApplicantGroupPermission(
                group_id=team.group_id,
                permission=permission,
                content_object=applicant,
                given_by=by,
                expires_at=expires_at,
            )
            for permission in _permissions(to)
        ],
    )
    follow(team.members, applicant, by)
    detail = f"{applicant.pseudonym}: team {team.name}, {to}"
    record("applicants.shared", by=by, about=str(applicant.pk), detail=detail)


@transaction.atomic
def stop_sharing(*, applicant: Applicant, whom: User | Team, by: User) -> None:
    """Take a case back from a person or a team; who then sees it no more, opens its name no more either."""
    _require_lasting(applicant, by)
    if whom in (applicant.owner, applicant.team):
        raise OwnerKeepsAccess
    lock_safes(applicant)
    if isinstance(whom, Team):
        people = list(whom.members)
        ApplicantGroupPermission.objects.filter(group=whom.group_id, content_object=applicant).delete()
    else:
        people = [whom]
        ApplicantUserPermission.objects.filter(user=whom, content_object=applicant).delete()
    follow(people, applicant, by)
    named = f"team {whom.name}" if isinstance(whom, Team) else whom.username
    record("applicants.unshared", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {named}")


@transaction.atomic
def stop_opening(*, applicant: Applicant, safe: Safe, person: User, by: User) -> None:
    """Take the name or the account back from one person, who may see the case or not; seeing does not change."""
    _require_lasting(applicant, by)
    if person == applicant.owner:
        raise OwnerKeepsAccess
    vault.revoke_access(safe=safe, of=person, by=by, reason=applicant.pseudonym)


@transaction.atomic
def assign(
    *,
    applicant: Applicant,
    owner: User | None,
    team: Team | None,
    by: User,
    unlocked: Unlocked | None = None,
) -> dict[str, Outcome]:
    """Choose owner and team; both come to work on the case, and the owner to open the name.

    Earlier ones go on seeing the case until it is taken back from them.
    """
    _require_lasting(applicant, by)
    applicant.owner, applicant.team, applicant.updated_at = owner, team, timezone.now()
    applicant.save(update_fields=["owner", "team", "updated_at"])
    outcomes: dict[str, Outcome] = {}
    if owner is not None:
        opening = Opening([applicant.identity_safe, applicant.account_safe], unlocked)
        outcomes = share_with_person(
            applicant=applicant, person=owner, to="work", expires_at=None, by=by, opening=opening
        )
    if team is not None:
        share_with_team(applicant=applicant, team=team, to="work", expires_at=None, by=by)
    named = f"{owner.username if owner else 'nobody'}, {team.name if team else 'no team'}"
    record("applicants.assigned", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {named}")
    return outcomes


def _require_lasting(applicant: Applicant, by: User) -> None:
    # Who works here until a day could otherwise stay by the hand of somebody else, or take the case from those who stay.
    if not is_lasting(applicant, by, "work"):
        raise GuestsDoNotShare


def _keep_whole(applicant: Applicant, whom: User | Team, to: Scope, expires_at: datetime | None) -> None:
    if whom in (applicant.owner, applicant.team) and (to != "work" or expires_at is not None):
        raise OwnerKeepsAccess


def _permissions(to: Scope) -> tuple[ObjectPermission, ...]:
    read, work = object_permissions()
    return (read, work) if to == "work" else (read,)


def _replace_rows(old, new) -> None:  # type: ignore[no-untyped-def]
    old.delete()
    type(new[0]).objects.bulk_create(new)
