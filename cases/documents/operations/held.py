"""Recording the papers of a person. What tells who it is goes into the identity safe, locked or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations import safe_with_readers
from cases.applicants.operations.undoing import require_recent
from cases.applicants.operations.work import touch
from cases.applicants.refusals import CannotUndo, ChangedMeanwhile, IdTaken
from cases.audit.operations import record
from cases.documents.models import Document, DocumentChange, Stay
from cases.documents.operations.paper_deadlines import keep_expiries, keep_stay
from cases.documents.queries.held import has_papers
from cases.documents.reckoning import codes_when_saved
from cases.documents.refusals import HoldsPapers, PaperChangedMeanwhile, PaperStruck
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.queries import item_of

CLEAR = (
    "type",
    "country",
    "status",
    "issued_on",
    "expires_on",
    "blank_pages",
    "chip",
    "destination",
    "whereabouts",
)
STAY = ("entered_on", "overstay", "barred")
SEALED = ("number", "authority", "unit_code", "surname", "given_names", "zone", "note")
_CODE = 100


@transaction.atomic
def add_document(
    *, id: UUID, applicant: Applicant, facts: Mapping[str, Any], sealed: Mapping[str, str], by: User
) -> Document:
    """Record a paper; the same id again is answered with the paper as it was recorded the first time."""
    clear = {name: facts[name] for name in CLEAR if name in facts}
    document, made = Document.objects.get_or_create(
        pk=id, defaults={"applicant": applicant, "created_by": by, **clear}
    )
    if not made:
        if (document.applicant_id, document.created_by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return document
    _seal(document, sealed, by)
    document.remarks = codes_when_saved(document, sealed)
    document.save(update_fields=["number_known", "remarks"])
    Stay.objects.filter(applicant=applicant).update(no_paper_on=None)
    keep_expiries(applicant=applicant, by=by)
    _note("documents.added", document, by, f"{document.type_id}, {document.status}")
    return document


@transaction.atomic
def edit_document(
    *,
    document: Document,
    changes: Mapping[str, Any],
    sealed: Mapping[str, str] | None,
    version: int,
    by: User,
) -> Document:
    """Save what differs, unless somebody saved since `version`: then say what stands there now.

    `sealed` takes the place of the sealed half as a whole; None leaves it as it is.
    """
    fresh = _locked(document)
    before = {name: getattr(fresh, name) for name in CLEAR}
    changed = [name for name in CLEAR if name in changes and changes[name] != before[name]]
    if not changed and sealed is None:
        return fresh
    if fresh.version != version:
        raise PaperChangedMeanwhile(before | {"version": fresh.version})
    for name in changed:
        setattr(fresh, name, changes[name])
    if sealed is not None:
        _seal(fresh, sealed, by)
    fresh.remarks = codes_when_saved(fresh, sealed)
    _save(fresh, *changed, "remarks", "number_known")
    rows = {name: (_plain(before[name]), _plain(getattr(fresh, name))) for name in changed}
    _remember(fresh, rows | {name: ("", "") for name in SEALED if (sealed or {}).get(name)}, by)
    keep_expiries(applicant=fresh.applicant, by=by)
    _note("documents.edited", fresh, by, ", ".join([*changed, *(["sealed"] if sealed is not None else [])]))
    return fresh


@transaction.atomic
def strike_document(*, document: Document, reason: str, by: User) -> None:
    """Say that a paper was entered by mistake: it counts for nothing any more, its history stays."""
    fresh = _locked(document)
    fresh.struck_at = timezone.now()
    _save(fresh, "struck_at")
    _remember(fresh, {"struck_at": ("", reason)}, by)
    keep_expiries(applicant=fresh.applicant, by=by)
    _note("documents.struck", fresh, by, f"{fresh.type_id}: {reason}")


@transaction.atomic
def restore_document(*, document: Document, by: User) -> None:
    """Take back that a paper was struck out, moments ago and by oneself."""
    fresh = Document.objects.select_for_update(of=("self",)).select_related("type").get(pk=document.pk)
    require_recent(fresh.struck_at)
    struck = fresh.changes.filter(field="struck_at").first()
    if struck is None or struck.by_id != by.pk:
        raise CannotUndo
    fresh.applicant, fresh.struck_at = document.applicant, None
    _save(fresh, "struck_at")
    _remember(fresh, {"struck_at": (struck.after, "")}, by)
    keep_expiries(applicant=fresh.applicant, by=by)
    _note("documents.unstruck", fresh, by, fresh.type_id)


@transaction.atomic
def verify_document(*, document: Document, how: str, on: date, by: User) -> None:
    """Say how one satisfied oneself that a paper is genuine; the latest word counts, the earlier ones are history."""
    fresh = _locked(document)
    before = fresh.verified_how
    fresh.verified_how, fresh.verified_by, fresh.verified_on = how, by, on
    _save(fresh, "verified_how", "verified_by", "verified_on")
    _remember(fresh, {"verified_how": (before, how)}, by)
    _note("documents.verified", fresh, by, f"{fresh.type_id}: {how}")


@transaction.atomic
def save_stay(
    *, applicant: Applicant, facts: Mapping[str, Any], by: User, version: int | None = None
) -> Stay:
    """Write when the person came and what stands in the way of leaving; None says that nobody knows.

    With `version`, unless somebody saved since: then say what stands there now.
    """
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    stay = Stay.objects.filter(applicant=applicant).first() or Stay(applicant=applicant, version=0)
    before = {name: getattr(stay, name) for name in STAY}
    known = {name: facts[name] for name in STAY}
    if version not in (None, stay.version) and known != before:
        raise ChangedMeanwhile(before | {"version": stay.version})
    for name, value in known.items():
        setattr(stay, name, value)
    stay.version, stay.updated_by, stay.updated_at = stay.version + 1, by, timezone.now()
    stay.save()
    keep_stay(applicant=applicant, entered_on=stay.entered_on, by=by)
    touch(applicant)
    record("documents.stay_saved", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return stay


@transaction.atomic
def say_no_paper(*, applicant: Applicant, by: User) -> None:
    """Say that the person was asked and holds no paper at all, which is something else than that nobody asked."""
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if has_papers(applicant):
        raise HoldsPapers
    marks = {"updated_by": by, "updated_at": timezone.now(), "no_paper_on": timezone.localdate()}
    Stay.objects.update_or_create(applicant=applicant, defaults=marks)
    touch(applicant)
    record("documents.no_paper_said", by=by, about=str(applicant.pk), detail=applicant.pseudonym)


def _locked(document: Document) -> Document:
    fresh = Document.objects.select_for_update(of=("self",)).select_related("type").get(pk=document.pk)
    if fresh.struck_at is not None:
        raise PaperStruck
    fresh.applicant = document.applicant
    return fresh


def _seal(document: Document, sealed: Mapping[str, str], by: User) -> None:
    content = {name: sealed.get(name, "").strip() for name in SEALED}
    known = item_of(document.applicant.identity_safe, document.sealed_kind)
    if not any(content.values()) and known is None:
        return
    safe = safe_with_readers(document.applicant, by)
    vault.seal(safe=safe, kind=document.sealed_kind, content=content, by=by)
    document.number_known = bool(content["number"])


def _save(document: Document, *fields: str) -> None:
    document.version += 1
    document.save(update_fields=[*fields, "version"])


def _remember(document: Document, rows: Mapping[str, tuple[str, str]], by: User) -> None:
    DocumentChange.objects.bulk_create(
        DocumentChange(document=document, field=field, before=before[:_CODE], after=after[:_CODE], by=by)
        for field, (before, after) in rows.items()
    )


def _plain(value: Any) -> str:
    """A clear value as the history keeps it: codes and dates, put into words for each reader."""
    return "" if value is None else str(getattr(value, "code", value))


def _note(action: str, document: Document, by: User, detail: str) -> None:
    applicant = document.applicant
    touch(applicant)
    record(action, by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {detail}")
