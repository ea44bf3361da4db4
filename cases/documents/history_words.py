"""The history of a paper in words. What is sealed is named, never shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cases.documents.models import Document, DocumentChange, Status, Verification, Whereabouts

SEALED_LABELS: dict[str, Promise] = {
    "number": _("Number"),
    "unit_code": _("Code of the office"),
    "authority": _("Issuing office"),
    "surname": _("Surname as printed"),
    "given_names": _("Given names as printed"),
    "zone": _("Machine-readable zone"),
    "note": _("Note"),
}
# Why a paper was struck out. A list and no free text: what is typed could tell who it is.
MISTAKES: dict[str, Promise] = {
    "twice": _("it stands here twice"),
    "other_person": _("it belongs to somebody else"),
    "never_was": _("there is no such paper"),
    "other": _("another mistake"),
}
_CHOICES: dict[str, Any] = {
    "status": dict(Status.choices),
    "whereabouts": dict(Whereabouts.choices),
    "verified_how": dict(Verification.choices),
    "chip": {"True": _("yes"), "False": _("no")},
    "struck_at": MISTAKES,
}


@dataclass(frozen=True)
class Changed:
    at: datetime
    who: str
    what: str


def history(changes: Iterable[DocumentChange], type_names: dict[str, str]) -> list[Changed]:
    return [Changed(one.at, str(one.by), _sentence(one, type_names)) for one in changes]


def said(field: str, value: str) -> str:
    """A value as the history keeps it, in the reader's words."""
    if field in _CHOICES:
        return str(_CHOICES[field].get(value, value))
    if field in ("country", "destination"):
        return str(countries.name(value))
    if field in ("issued_on", "expires_on"):
        return date_format(date.fromisoformat(value)) if value else ""
    return value


def _sentence(change: DocumentChange, type_names: dict[str, str]) -> str:
    field = change.field
    if field in SEALED_LABELS:
        return gettext("%(field)s: sealed anew") % {"field": SEALED_LABELS[field]}
    if field == "struck_at" and not change.after:
        return gettext("Not struck out after all")
    if field == "struck_at":
        return gettext("Struck out: %(reason)s") % {"reason": said(field, change.after)}
    label = capfirst(str(Document._meta.get_field(field).verbose_name))  # type: ignore[union-attr]
    before, after = (
        type_names.get(value, value) if field == "type" else said(field, value)
        for value in (change.before, change.after)
    )
    return f"{label}: {before or '–'} → {after or '–'}"
