"""Entries of the account as one colleague sees them: with the case, or not at all."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from cases.applicants.models import Applicant
from cases.applicants.queries import Scope, find_of_case
from cases.staff.models import User
from cases.vault.models import SealedItem
from cases.vetting.models import Entry, EntryChange

E = TypeVar("E", bound=Entry)


def find_entry(entries: QuerySet[E], user: User, entry_id: UUID, to: Scope) -> E:
    """Return the one of `entries` with this id, of a case shared with `user`; anything else does not exist."""
    return find_of_case(entries, user, entry_id, to)


def sealed_kinds(applicant: Applicant, prefix: str) -> set[str]:
    """The kinds beginning so under which something is sealed in the account."""
    items = SealedItem.objects.filter(safe=applicant.account_safe_id, kind__startswith=f"{prefix}-")
    return set(items.values_list("kind", flat=True))


def changes_of(applicant: Applicant, entries: Iterable[Entry]) -> dict[UUID, list[EntryChange]]:
    """The history of each entry, the latest change first."""
    ids = [one.pk for one in entries]
    found: dict[UUID, list[EntryChange]] = {pk: [] for pk in ids}
    changes = EntryChange.objects.filter(applicant=applicant, entry__in=ids).select_related("by")
    for change in changes:
        found[change.entry].append(change)
    return found
