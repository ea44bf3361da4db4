"""Writing the service record. What an entry says goes into the account safe, locked or not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.applicants.refusals import IdTaken
from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.account import seal_account
from cases.vetting.models import ServiceEntry
from cases.vetting.operations.vetting import service_changed
from cases.vetting.refusals import EntryStruck, PeriodChangedMeanwhile


@transaction.atomic
def add_entry(
    *, id: UUID, applicant: Applicant, account: str, kind: str, content: Mapping[str, Any], by: User
) -> ServiceEntry:
    """Write an entry; the same id again is answered with the entry as it was written the first time."""
    clear = {"applicant": applicant, "account": account, "kind": kind, "created_by": by, "updated_by": by}
    service_changed(applicant)
    entry, made = ServiceEntry.objects.get_or_create(pk=id, defaults=clear)
    if not made:
        if (entry.applicant_id, entry.created_by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return entry
    seal_account(applicant=applicant, kind=entry.sealed_kind, content=content, by=by)
    _note("vetting.service_added", entry, by)
    return entry


@transaction.atomic
def edit_entry(*, entry: ServiceEntry, content: Mapping[str, Any], version: int, by: User) -> ServiceEntry:
    """Seal `content` in place of what the entry says, unless somebody saved since `version`."""
    fresh = _locked(entry)
    if fresh.version != version:
        raise PeriodChangedMeanwhile({"version": fresh.version})
    seal_account(applicant=fresh.applicant, kind=fresh.sealed_kind, content=content, by=by)
    _save(fresh, by)
    _note("vetting.service_edited", fresh, by)
    return fresh


@transaction.atomic
def strike_entry(*, entry: ServiceEntry, reason: str, by: User) -> None:
    """Say that an entry was a mistake: it counts for nothing any more, and stays sealed."""
    fresh = _locked(entry)
    fresh.struck_at, fresh.struck_why = timezone.now(), reason
    _save(fresh, by, "struck_at", "struck_why")
    _note("vetting.service_struck", fresh, by, f", {reason}")


def _locked(entry: ServiceEntry) -> ServiceEntry:
    # The row of the vetting first, as everybody does who changes what a vote rests on.
    service_changed(entry.applicant)
    fresh = ServiceEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if fresh.struck_at is not None:
        raise EntryStruck
    fresh.applicant = entry.applicant
    return fresh


def _save(entry: ServiceEntry, by: User, *fields: str) -> None:
    entry.version += 1
    entry.updated_by, entry.updated_at = by, timezone.now()
    entry.save(update_fields=[*fields, "version", "updated_by", "updated_at"])


def _note(action: str, entry: ServiceEntry, by: User, more: str = "") -> None:
    applicant = entry.applicant
    touch(applicant)
    detail = f"{applicant.pseudonym}: {entry.kind}, {entry.account}{more}"
    record(action, by=by, about=str(applicant.pk), detail=detail)
