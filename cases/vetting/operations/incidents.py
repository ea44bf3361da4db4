"""Keeping the register of incidents. It names no person, and nothing of a case goes into it."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.imports.drafts import UnitDraft
from cases.vetting.models import Incident, IncidentSource, SourceCopy, Unit
from cases.vetting.operations.units import lock_tree
from cases.vetting.register_refusals import CopyNotKept, EntryChangedMeanwhile, EntryGone, SourceKnown

FIELDS = ("what", "kind", "country", "region", "places", "begins", "ends", "verified_on")
SOURCE_FIELDS = ("text", "url", "dated_on", "archive_url")
_SIGNS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@transaction.atomic
def add_incident(
    *,
    id: UUID,
    facts: Mapping[str, Any],
    units: Iterable[UUID],
    new_units: Iterable[str] = (),
    source: Mapping[str, Any],
    by: User,
) -> Incident:
    """Record an incident with its first source; the same id again is answered with what was recorded."""
    known = {name: facts[name] for name in FIELDS if name in facts}
    incident, made = Incident.objects.get_or_create(pk=id, defaults={"created_by": by, **known})
    if made:
        incident.units.set(_units(units, new_units, by))
        _keep_source(incident, source, by)
        record("vetting.incident_added", by=by, about=str(incident.pk))
    return incident


@transaction.atomic
def edit_incident(
    *,
    incident: Incident,
    changes: Mapping[str, Any],
    units: Iterable[UUID],
    new_units: Iterable[str] = (),
    version: int,
    by: User,
) -> Incident:
    """Save what differs, unless somebody saved since `version`."""
    fresh = _locked(incident)
    changed = [name for name in FIELDS if name in changes and changes[name] != getattr(fresh, name)]
    others = _units(units, new_units, by)
    moved = {*others} != {*fresh.units.all()}
    if not changed and not moved:
        return fresh
    if fresh.version != version:
        raise EntryChangedMeanwhile({"incident": fresh})
    for name in changed:
        setattr(fresh, name, changes[name])
    fresh.units.set(others)
    fresh.version += 1
    fresh.save(update_fields=[*changed, "version"])
    detail = ", ".join([*changed, *(["units"] if moved else [])])
    record("vetting.incident_edited", by=by, about=str(fresh.pk), detail=detail)
    return fresh


@transaction.atomic
def strike_incident(*, incident: Incident, reason: str, by: User) -> None:
    """Take an incident out of every list and match; it stays to be read, with the reason."""
    fresh = _locked(incident)
    fresh.struck_at, fresh.struck_by, fresh.struck_reason = timezone.now(), by, reason
    fresh.version += 1
    fresh.save(update_fields=["struck_at", "struck_by", "struck_reason", "version"])
    record("vetting.incident_struck", by=by, about=str(fresh.pk))


@transaction.atomic
def add_source(*, incident: Incident, facts: Mapping[str, Any], by: User) -> IncidentSource:
    fresh = _locked(incident)
    if fresh.sources.filter(text=facts["text"], url=facts.get("url", "")).exists():
        raise SourceKnown
    source = _keep_source(fresh, facts, by)
    record("vetting.source_added", by=by, about=str(fresh.pk))
    return source


@transaction.atomic
def keep_copy(
    *, source: IncidentSource, content: bytes, captured_at: datetime | None, by: User
) -> SourceCopy:
    """Keep a file as it was captured, with its hash; the same file again is the same copy."""
    if len(content) > settings.UPLOAD_LIMIT:
        raise CopyNotKept(_("This file is larger than 10 MB. Keep it elsewhere and give the address."))
    now = timezone.now()
    copy, made = SourceCopy.objects.get_or_create(
        source=source,
        sha256=sha256(content).hexdigest(),
        defaults={
            "type": type_of(content),
            "content": content,
            "size": len(content),
            "captured_at": min(captured_at or now, now),
            "added_by": by,
            "added_at": now,
        },
    )
    if made:
        detail = f"{copy.type}, sha256 {copy.sha256}"
        record("vetting.copy_kept", by=by, about=str(source.incident_id), detail=detail)
    return copy


def type_of(content: bytes) -> str:
    """What a file is by its content; its name and what the browser says of it do not count."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return "html"
    raise CopyNotKept(_("Only PDF, HTML, PNG and JPEG files are kept. Save the page in one of these forms."))


def make_units(names: Iterable[str], *, by: User) -> list[Unit]:
    """Units that are known by nothing but a name yet. Only inside a transaction."""
    drafts = [UnitDraft(name) for name in names]
    if drafts:
        lock_tree()
    return [
        Unit.objects.filter(name__iexact=draft.name).first()
        or Unit.objects.create(name=draft.name, number=_free(draft.number), kind=draft.kind, created_by=by)
        for draft in drafts
    ]


def _units(known: Iterable[UUID], names: Iterable[str], by: User) -> list[Unit]:
    return [*Unit.objects.filter(pk__in=list(known)), *make_units(names, by=by)]


def _free(number: str) -> str:
    return "" if Unit.objects.filter(number=number).exists() else number


def _keep_source(incident: Incident, facts: Mapping[str, Any], by: User) -> IncidentSource:
    known = {name: facts[name] for name in SOURCE_FIELDS if name in facts}
    return IncidentSource.objects.create(incident=incident, added_by=by, **known)


def _locked(incident: Incident) -> Incident:
    fresh = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if fresh.struck_at is not None:
        raise EntryGone
    return fresh
