"""The service record as one colleague sees it: with the case, or not at all."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.applicants.models import Applicant
from cases.applicants.queries import Scope, find_of_case
from cases.staff.models import User
from cases.vetting.models import Account, ServiceEntry


def all_entries_of(applicant: Applicant) -> QuerySet[ServiceEntry]:
    """Every entry ever written, also those that were struck out."""
    return ServiceEntry.objects.filter(applicant=applicant).select_related("created_by", "updated_by")


def entries_of(applicant: Applicant) -> QuerySet[ServiceEntry]:
    """The entries that count: not struck out."""
    return all_entries_of(applicant).filter(struck_at__isnull=True)


def find_entry(user: User, entry_id: UUID, to: Scope = "work") -> ServiceEntry:
    """Return one entry that counts, of a case shared with `user`; anything else does not exist."""
    return find_of_case(ServiceEntry.objects.filter(struck_at__isnull=True), user, entry_id, to)


def service_summary(applicant: Applicant) -> tuple[dict[str, int], datetime | None]:
    """How many entries each account has, and when the record was last changed, which a striking out does as well."""
    rows = list(all_entries_of(applicant).values_list("account", "struck_at", "updated_at"))
    counted = Counter(account for account, struck_at, _changed in rows if struck_at is None)
    changed = max((changed for _account, _struck, changed in rows), default=None)
    return {account: counted[account] for account in Account.values}, changed
