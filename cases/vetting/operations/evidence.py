"""Recording evidence. What it is and what it shows goes into the account safe, locked or not."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.applicants.models import Applicant
from cases.applicants.operations import safe_with_readers
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.operations import NewFile
from cases.vetting.models import Evidence
from cases.vetting.operations import entries


@transaction.atomic
def add_link(
    *, id: UUID, applicant: Applicant, facts: Mapping[str, Any], sealed: Mapping[str, str], by: User
) -> Evidence:
    """Record a page of the web; the same id again is answered with what was recorded the first time."""
    clear = {"kind": Evidence.Kind.LINK, "checks": list(facts.get("checks", []))}
    evidence, new = entries.made(Evidence, id=id, applicant=applicant, clear=clear, by=by)
    if new:
        entries.seal(evidence, sealed, by)
        touch(applicant)
        record(
            "vetting.evidence_added", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: link"
        )
    return evidence


@transaction.atomic
def begin_evidence(
    *, applicant: Applicant, checks: Iterable[str], new: NewFile, secret: bytes, by: User
) -> Evidence:
    """Make ready for a file; one that was begun before goes on where it stopped. It counts once all of it is there."""
    safe_with_readers(applicant, by)
    file = vault.begin_upload(safe=applicant.account_safe, new=new, secret=secret, by=by)
    clear = {"applicant": applicant, "kind": Evidence.Kind.FILE, "checks": list(checks), "added_by": by}
    evidence, made = Evidence.objects.get_or_create(file=file, defaults=clear)
    if made:
        touch(applicant)
        record("vetting.evidence_begun", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    evidence.file = file
    return evidence


@transaction.atomic
def edit_evidence(
    *,
    evidence: Evidence,
    changes: Mapping[str, Any],
    sealed: Mapping[str, str] | None,
    version: int,
    by: User,
) -> Evidence:
    """Save what differs, unless somebody saved since `version`: then say what stands there now."""
    fresh = entries.locked(evidence)
    if entries.change(fresh, changes=changes, sealed=sealed, version=version, by=by):
        applicant = fresh.applicant
        record("vetting.evidence_edited", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return fresh


@transaction.atomic
def strike_evidence(*, evidence: Evidence, reason: str, by: User) -> None:
    """Say that it was added by mistake. Nothing is deleted: what was evidence once stays evidence."""
    fresh = entries.locked(evidence)
    entries.strike(fresh, reason=reason, by=by)
    applicant = fresh.applicant
    record(
        "vetting.evidence_struck", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {reason}"
    )
