"""The history of an entry in words. What is sealed is named, never shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.vetting.models import Entry, EntryChange

# Why an entry was struck out. A list and no free text: what is typed could tell what happened.
MISTAKES: dict[str, Promise] = {
    "twice": _("it stands here twice"),
    "other_person": _("it belongs to somebody else"),
    "never_was": _("there is no such thing"),
    "other": _("another mistake"),
}
_TRUTH: dict[str, Any] = {"True": _("yes"), "False": _("no"), "": _("unknown")}


@dataclass(frozen=True)
class Changed:
    at: datetime
    who: str
    what: str


def history(
    entry: type[Entry], changes: Iterable[EntryChange], names: Mapping[str, str] | None = None
) -> list[Changed]:
    """The changes of an entry; `names` says what keys of reference data are called."""
    return [Changed(one.at, str(one.by), _sentence(entry, one, names or {})) for one in changes]


def _sentence(entry: type[Entry], change: EntryChange, names: Mapping[str, str]) -> str:
    if change.field == "sealed":
        return gettext("What is sealed was written anew")
    if change.field == "struck_at":
        return gettext("Struck out: %(reason)s") % {"reason": MISTAKES.get(change.after, change.after)}
    field: Any = entry._meta.get_field(change.field)
    before, after = (_said(field, value, names) for value in (change.before, change.after))
    return f"{capfirst(str(field.verbose_name))}: {before or '–'} → {after or '–'}"


def _said(field: Any, value: str, names: Mapping[str, str]) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.get_internal_type() == "BooleanField":
        return str(_TRUTH[value])
    if field.get_internal_type() == "DateField":
        return date_format(date.fromisoformat(value)) if value else ""
    return names.get(value, value)
