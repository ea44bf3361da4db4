"""The account safe of a person, as every part of a vetting uses it: what lies in it, sealing into it, opening it.

The account is opened as a whole or by the page: one reason, one row in the audit log, as many items as the page shows.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.applicants.models import Applicant
from cases.applicants.operations import safe_with_readers
from cases.applicants.strips import Strip
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.interviews import reason_within
from cases.vault.models import AccessRequest, SealedItem
from cases.vault.queries import holders_of, item_of
from cases.vault.refusals import NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked


def account_strip(applicant: Applicant, viewer: User) -> Strip:
    """What `viewer` may do about the account: the state behind the strips on the pages of the vetting."""
    holders = list(holders_of(applicant.account_safe))
    held = viewer in holders
    waiting = AccessRequest.objects.filter(
        safe=applicant.account_safe_id, asker=viewer, answered_at__isnull=True
    )
    # Why somebody voted lies there too: that there is a vote is not told before it is decided.
    told = SealedItem.objects.filter(safe=applicant.account_safe_id).exclude(kind__startswith="vote-")
    return Strip(told.exists(), held, holders, not held and waiting.exists())


def account_items(applicant: Applicant, kinds: Iterable[str]) -> QuerySet[SealedItem]:
    """The newest version of each of these documents, those left out that were never sealed."""
    items = SealedItem.objects.filter(safe=applicant.account_safe_id, kind__in=list(kinds))
    return items.order_by("kind", "-version").distinct("kind").select_related("safe")


def seal_account(*, applicant: Applicant, kind: str, content: Mapping[str, Any], by: User) -> SealedItem:
    """Seal a document into the account, locked or not; it takes the place of the one of this kind."""
    safe_with_readers(applicant, by)
    return vault.seal(safe=applicant.account_safe, kind=kind, content=content, by=by)


def read_account(
    *, applicant: Applicant, kinds: Iterable[str], reason: str, unlocked: Unlocked | None, by: User
) -> dict[str, dict[str, Any]]:
    """Open documents of the account by kind, with one reason and one audit row. Never inside a transaction.

    In an interview with the person no reason has to be given, and the first row stands for what is opened again.
    """
    if unlocked is None:
        raise NotUnlocked
    why = reason.strip() or reason_within(applicant.account_safe, unlocked, by)
    items = list(account_items(applicant, kinds))
    purpose = f"account of {applicant.pseudonym}: {why}"
    found = _opened(items, purpose, unlocked, by, once=not reason.strip())
    return {item.kind: found[item.pk] for item in items if item.pk in found}


def read_account_item(
    *, applicant: Applicant, kind: str, reason: str, unlocked: Unlocked | None, by: User
) -> dict[str, Any]:
    """Open one document of the account; {} where none was sealed."""
    item = item_of(applicant.account_safe, kind)
    if unlocked is None:
        raise NotUnlocked
    return {} if item is None else vault.open_item(item=item, reason=reason, unlocked=unlocked, by=by)


def _opened(
    items: list[SealedItem], purpose: str, unlocked: Unlocked, by: User, *, once: bool
) -> dict[UUID, dict[str, Any]]:
    found = vault.open_quietly(
        items=items, purpose=purpose, unlocked=unlocked, by=by, once_a_day=once, counted=True
    )
    if items and not found:
        raise NotGranted
    return found
