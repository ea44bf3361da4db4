"""The history of an answer in words. What is sealed is named, never shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.documents.history_words import Changed
from cases.vetting.models import Check, CheckChange, Confidence, Result

SEALED_LABELS: dict[str, Promise] = {"finding": _("What was found"), "lawyer": _("Name of the lawyer")}
_CHOICES: dict[str, Any] = {
    "result": dict(Result.choices),
    "confidence": dict(Confidence.choices),
    "by_lawyer": {"True": _("yes")},
}
_DAYS = ("on", "valid_until", "referred_to_lawyer_on")


def history(changes: Iterable[CheckChange]) -> list[Changed]:
    return [Changed(one.at, str(one.by), _sentence(one)) for one in changes]


def said(field: str, value: str) -> str:
    """A value as the history keeps it, in the reader's words."""
    if field in _DAYS:
        return date_format(date.fromisoformat(value)) if value else ""
    return str(_CHOICES[field].get(value, value))


def _sentence(change: CheckChange) -> str:
    field = change.field
    if field in SEALED_LABELS:
        return gettext("%(field)s: sealed anew") % {"field": SEALED_LABELS[field]}
    label = capfirst(str(Check._meta.get_field(field).verbose_name))  # type: ignore[union-attr]
    return f"{label}: {said(field, change.before) or '–'} → {said(field, change.after) or '–'}"
