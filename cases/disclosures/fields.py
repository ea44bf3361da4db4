"""What of a person can be handed over. A higher slice adds its own fields in `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.vault.models import Safe

# What was opened of one person, by kind of document.
Opened = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Field:
    """`safe`: which safe it lies in, None for what is not sealed. `read` answers lines of text, none where nothing is known."""

    code: str
    label: str | Promise
    safe: Safe.Kind | None
    kinds: Callable[[Applicant], Iterable[str]]
    read: Callable[[Applicant, Opened], list[str]]


FIELDS: dict[str, Field] = {}


def register_field(field: Field) -> None:
    FIELDS[field.code] = field


def labels_of(codes: Iterable[str]) -> list[str]:
    return [str(FIELDS[code].label) if code in FIELDS else code for code in codes]


def in_order(codes: Iterable[str]) -> list[str]:
    """As they stand in the form; what nobody registered is dropped."""
    wanted = set(codes)
    return [code for code in FIELDS if code in wanted]


def safes_for(codes: Iterable[str]) -> set[Safe.Kind]:
    """The kinds of safes that have to be opened for these fields."""
    return {safe for code in codes if code in FIELDS and (safe := FIELDS[code].safe)}


def _sealed(kind: str, name: str, label: Promise) -> None:
    def read(applicant: Applicant, opened: Opened) -> list[str]:
        return _said(opened.get(kind, {}).get(name))

    register_field(Field(name, label, Safe.Kind.IDENTITY, lambda applicant: [kind], read))


def _said(value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [text for one in given if (text := str(one or "").strip())]


def _born(applicant: Applicant, opened: Opened) -> list[str]:
    """As it is written on papers: day first, as much of it as is known."""
    written = str(opened.get("identity", {}).get("birth_date") or "")
    return [".".join(reversed(written.split("-")))] if written else []


for _name, _label in {
    "name": _("Full name"),
    "family_name": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "latin_name": _("Name in Latin letters"),
    "other_names": _("Other names"),
}.items():
    _sealed("identity", _name, _label)
register_field(
    Field("birth_date", _("Birth date"), Safe.Kind.IDENTITY, lambda applicant: ["identity"], _born)
)
_sealed("identity", "birth_place", _("Place of birth"))
for _name, _label in {
    "phone": _("Telephone"),
    "handle": _("Name in the messenger"),
    "email": _("E-mail"),
    "address": _("Address"),
    "how": _("How and when it is safe to write"),
}.items():
    _sealed("contact", _name, _label)
# Beside a name it tells whose case we speak of: left out unless asked for.
register_field(
    Field(
        "pseudonym",
        _("Our pseudonym"),
        None,
        lambda applicant: [],
        lambda applicant, opened: [applicant.pseudonym],
    )
)
