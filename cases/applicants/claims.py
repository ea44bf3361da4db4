"""Which safes belong to which case: the vault, which knows no case, compares it with what each was made for."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from cases.applicants.models import Applicant
from cases.vault.many import any_of
from cases.vault.models import Safe


def owner_of_safe(applicant_id: UUID, kind: str) -> str:
    return f"applicant {applicant_id} {Safe.Kind(kind).value}"


def owners_of_safes(safe_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of these safes, those that a case points at now."""
    about = Q(any_of("identity_safe", safe_ids)) | Q(any_of("account_safe", safe_ids))
    owners = {}
    for pk, identity, account in Applicant.objects.filter(about).values_list(
        "pk", "identity_safe", "account_safe"
    ):
        owners[identity] = owner_of_safe(pk, Safe.Kind.IDENTITY)
        owners[account] = owner_of_safe(pk, Safe.Kind.ACCOUNT)
    return owners
