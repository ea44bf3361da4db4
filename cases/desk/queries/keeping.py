"""What one colleague can open and until when, and who waits for it. Cases stand here by pseudonym."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.applicants.stages import OPEN
from cases.desk.queries.register import open_cases_of
from cases.disclosures.models import Export
from cases.disclosures.queries import ready_for as exports_ready_for
from cases.disclosures.queries import waiting_for as exports_waiting_for
from cases.staff.models import User
from cases.staff.queries import least_holders
from cases.staff.roles import Permission
from cases.vault import queries as vault
from cases.vault.budget import wishes_waiting_for
from cases.vault.models import AccessRequest, Grant, Keyring, MoreOpenings, Safe, SealedItem

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Asked:
    """A colleague's wish to open something; `applicant` is None where the holder does not see the case."""

    request: AccessRequest
    applicant: Applicant | None

    @property
    def why(self) -> str:
        """The reason; the case it begins with stands beside it anyway."""
        reason = self.request.reason
        return reason.removeprefix(f"{self.applicant.pseudonym}: ") if self.applicant else reason


@dataclass(frozen=True)
class Waiting:
    requests: list[Asked]
    thin: list[Applicant]
    expiring: int
    soonest: Grant | None
    keys: list[Keyring]
    more: list[MoreOpenings]
    # Exports with names: to be approved, and approved ones to be collected.
    exports: list[Export] = field(default_factory=list)
    ready: list[Export] = field(default_factory=list)

    @property
    def colleagues(self) -> int:
        asking = {asked.request.asker_id for asked in self.requests} | {wish.asker_id for wish in self.more}
        asking |= {export.asker_id for export in self.exports}
        return len(asking | {ring.user_id for ring in self.keys})

    def __bool__(self) -> bool:
        wishes = self.requests or self.keys or self.more or self.exports
        return bool(wishes or self.thin or self.expiring or self.ready)


def waiting_for(user: User) -> Waiting:
    """Everything about names that only this colleague, or a few, can do something about."""
    if not user.may(Permission.USE_VAULT):
        return Waiting([], [], 0, None, [], [])
    expiring = vault.expiring_for(user).filter(_in_sight(user)).order_by("expires_at")
    return Waiting(
        asked_of(user),
        list(held_by_too_few(user)),
        expiring.count(),
        expiring.first(),
        list(vault.keys_to_confirm_for(user)),
        wishes_waiting_for(user),
        exports_waiting_for(user),
        list(exports_ready_for(user)),
    )


def asked_of(user: User) -> list[Asked]:
    requests = list(vault.requests_waiting_for(user).order_by("created_at"))
    cases = cases_of_safes(user, [one.safe_id for one in requests])
    return [Asked(one, cases.get(one.safe_id)) for one in requests]


def my_requests(user: User, number: int = 10) -> list[Asked]:
    requests = list(vault.requests_of(user).order_by("-created_at")[:number])
    cases = cases_of_safes(user, [one.safe_id for one in requests])
    return [Asked(one, cases.get(one.safe_id)) for one in requests]


def held_by_too_few(user: User) -> QuerySet[Applicant]:
    """Open cases whose name or account this colleague can open and nobody else; none where there is nobody else.

    `thin_name` says whether it is the name; an account counts once something lies in it.
    """
    if least_holders() < vault.FEWEST_HOLDERS:
        return Applicant.objects.none()
    thin = vault.thin_safes_for(user).values("pk")
    name = Q(identity_safe__in=thin, name_known=True)
    account = Q(account_safe__in=thin) & Exists(SealedItem.objects.filter(safe=OuterRef("account_safe")))
    cases = applicants_for(user).filter(name | account, stage__in=OPEN)
    return cases.annotate(thin_name=ExpressionWrapper(name, output_field=BooleanField()))


def find_request(user: User, request_id: UUID) -> AccessRequest:
    return get_object_or_404(vault.requests_waiting_for(user), pk=request_id)


def cases_of_safes(user: User, safe_ids: Iterable[UUID]) -> dict[UUID, Applicant]:
    """The cases that these safes belong to, of those the person sees."""
    ids = list(safe_ids)
    found = applicants_for(user).filter(Q(identity_safe__in=ids) | Q(account_safe__in=ids)) if ids else ()
    return {safe_id: one for one in found for safe_id in (one.identity_safe_id, one.account_safe_id)}


def my_people(user: User, ids: Iterable[UUID] | None = None) -> list[Applicant]:
    """One's own open cases, or those of them that a page shows."""
    mine = open_cases_of(user).filter(name_known=True)
    return list((mine if ids is None else mine.filter(pk__in=list(ids)))[:MOST_PEOPLE])


def held_cases(user: User) -> QuerySet[Applicant]:
    held = vault.grants_of(user).values("content_object")
    return (
        applicants_for(user)
        .filter(Q(identity_safe__in=held) | Q(account_safe__in=held))
        .order_by("pseudonym")
    )


@dataclass(frozen=True)
class Held:
    applicant: Applicant
    name: Grant | None
    account: Grant | None


def held_rows(user: User, applicants: Iterable[Applicant]) -> list[Held]:
    page = list(applicants)
    safes = [safe_id for one in page for safe_id in (one.identity_safe_id, one.account_safe_id)]
    grants: dict[Any, Grant] = {
        grant.content_object_id: grant for grant in vault.grants_of(user).filter(content_object__in=safes)
    }
    return [Held(one, grants.get(one.identity_safe_id), grants.get(one.account_safe_id)) for one in page]


def held_elsewhere(user: User) -> int:
    """How much this colleague can open of cases that are not shared with them any more."""
    return vault.grants_of(user).exclude(_in_sight(user)).count()


def renewable(user: User) -> QuerySet[Safe]:
    """What `user` may prolong alone: of cases out of sight, only who shares them decides."""
    held = vault.grants_of(user).filter(_in_sight(user), firm=False)
    return Safe.objects.filter(pk__in=held.values("content_object"))


def _in_sight(user: User) -> Q:
    seen = applicants_for(user)
    return Q(content_object__in=seen.values("identity_safe")) | Q(
        content_object__in=seen.values("account_safe")
    )
