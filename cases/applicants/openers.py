"""Who can open the name and the account of a case, and whose key to them lies there without opening at the moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.applicants.models import Applicant
from cases.applicants.queries import people_who_see
from cases.staff.models import User
from cases.vault.models import Grant, Safe
from cases.vault.queries import living_grants


@dataclass(frozen=True)
class Opener:
    """`opens`: now; else the access is suspended. `sees`: the case. `until`: the last moment of a guest."""

    person: User
    opens: bool
    sees: bool
    until: datetime | None


@dataclass(frozen=True)
class Openers:
    name: list[Opener]
    account: list[Opener]


def openers_of(applicant: Applicant) -> Openers:
    found = _openers(applicant, (applicant.identity_safe_id, applicant.account_safe_id))
    return Openers(found[applicant.identity_safe_id], found[applicant.account_safe_id])


def find_opener(applicant: Applicant, safe: Safe, user_id: int) -> Opener:
    found = _openers(applicant, [safe.pk])[safe.pk]
    opener = next((one for one in found if one.person.pk == user_id), None)
    if opener is None:
        raise Http404
    return opener


def safe_of(applicant: Applicant, kind: str) -> Safe:
    safe = {"identity": applicant.identity_safe, "account": applicant.account_safe}.get(kind)
    if safe is None:
        raise Http404
    return safe


def _openers(applicant: Applicant, safe_ids: Iterable[UUID]) -> dict[UUID, list[Opener]]:
    found: dict[UUID, list[Opener]] = {safe_id: [] for safe_id in safe_ids}
    living = set(living_grants().filter(content_object__in=found).values_list("pk", flat=True))
    seeing = set(people_who_see(applicant).values_list("pk", flat=True))
    grants = Grant.objects.filter(content_object__in=found).select_related("user")
    for grant in grants.order_by("user__full_name"):
        until = grant.expires_at if grant.firm else None
        opener = Opener(grant.user, grant.pk in living, grant.user_id in seeing, until)
        found[grant.content_object_id].append(opener)
    return found
