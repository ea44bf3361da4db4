"""The clear part of the file, and putting names and contacts into the sealed part."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.applicants import ages
from cases.applicants.models import Applicant
from cases.applicants.operations.guarded import Guarded, remember
from cases.applicants.operations.registering import new_safes, readers_for
from cases.applicants.refusals import ChangedMeanwhile, NobodyCanOpen, SealedMeanwhile
from cases.applicants.sealed import contact_document, identity_document
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.models import Safe, SealedItem
from cases.vault.queries import holders_of

EDITABLE = (
    "category",
    "country",
    "channel",
    "languages",
    "urgency",
    "urgency_reason",
    "special_needs",
    "last_contact_on",
    "last_written_on",
)


@transaction.atomic
def edit_applicant(
    *,
    applicant: Applicant,
    changes: Mapping[str, Any],
    version: int,
    by: User,
    guarded: Guarded | None = None,
) -> Applicant:
    """Save the facts in `changes`, unless somebody saved since `version`: then say what stands there now."""
    fresh = Applicant.objects.select_for_update().get(pk=applicant.pk)
    wanted = {name: value for name, value in changes.items() if name in EDITABLE}
    changed = sorted(name for name, value in wanted.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    if fresh.version != version:
        raise ChangedMeanwhile({name: getattr(fresh, name) for name in EDITABLE} | {"version": fresh.version})
    for name in changed:
        setattr(fresh, name, wanted[name])
    fresh.version += 1
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "version", "updated_at"])
    if {"urgency_reason", "special_needs"} & set(changed):
        remember(guarded, applicant=fresh, what="facts", by=by)
    record("applicants.edited", by=by, about=str(fresh.pk), detail=f"{fresh.pseudonym}: {', '.join(changed)}")
    return fresh


@transaction.atomic
def seal_identity(
    *, applicant: Applicant, identity: Mapping[str, Any], by: User, seen: int | None = None
) -> SealedItem:
    """Seal who the person is, in place of what was sealed before; derive the age facts that may be seen.

    With `seen`, not in place of what a colleague sealed since that version.
    """
    document = identity_document(identity)
    safe = safe_with_readers(applicant, by)
    _require_seen(safe, "identity", seen, by)
    item = vault.seal(safe=safe, kind="identity", content=document, by=by)
    band, threshold = ages.age_facts(str(document.get("birth_date", "")), timezone.localdate())
    applicant.name_known = bool(document.get("name"))
    applicant.age_band, applicant.next_age_threshold = band, threshold
    applicant.updated_at = timezone.now()
    applicant.save(update_fields=["name_known", "age_band", "next_age_threshold", "updated_at"])
    detail = f"{applicant.pseudonym}, age {band or 'unknown'}"
    record("applicants.identity_sealed", by=by, about=str(applicant.pk), detail=detail)
    return item


@transaction.atomic
def seal_contact(
    *, applicant: Applicant, contact: Mapping[str, Any], by: User, seen: int | None = None
) -> SealedItem:
    safe = safe_with_readers(applicant, by)
    _require_seen(safe, "contact", seen, by)
    item = vault.seal(safe=safe, kind="contact", content=contact_document(contact), by=by)
    record("applicants.contact_sealed", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return item


def _require_seen(safe: Safe, kind: str, seen: int | None, by: User) -> None:
    """One's own later version is no obstacle: it is this very form, whose answer got lost on the way."""
    if seen is None:
        return
    Safe.objects.select_for_update().get(pk=safe.pk)
    newer = SealedItem.objects.filter(safe=safe, kind=kind, version__gt=seen).order_by("-version").first()
    if newer is not None and newer.sealed_by != by.username:
        who = User.objects.filter(username=newer.sealed_by).first()
        raise SealedMeanwhile(newer.version, str(who or newer.sealed_by))


def safe_with_readers(applicant: Applicant, by: User) -> Safe:
    """Return the identity safe; a new one where nobody could ever open it and nothing lies in it yet."""
    safe = applicant.identity_safe
    if holders_of(safe).exists():
        return safe
    readers = readers_for(applicant, by)
    if not readers or safe.items.exists():
        raise NobodyCanOpen
    new = new_safes(applicant.pk, {}, {}, readers)
    applicant.identity_safe, applicant.account_safe = vault.make_safes(new=new, by=by)
    applicant.save(update_fields=["identity_safe", "account_safe"])
    return applicant.identity_safe
