import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.ages import latest_birth_date
from cases.applicants.forms.meanwhile import lay_beside
from cases.applicants.refusals import SealedMeanwhile

# Of a field with something to be sealed the browser keeps nothing, and sends nothing to a speller.
QUIET = {"autocomplete": "off", "spellcheck": "false"}
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[./ -])?(\d{1,2})[./ -])?(\d{4})")


def written_date(typed: str) -> str:
    """Return a birth date typed as 4.11.1999, 11.1999, 1999 or 1999-11-04 in the one form that is sealed."""
    found = _DAY_FIRST.fullmatch(typed)
    if found is None:
        return typed
    parts = [found[3], *(part.zfill(2) for part in (found[2], found[1]) if part)]
    return "-".join(parts)


def sealed_line(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=kwargs.pop("required", False),
        max_length=200,
        widget=forms.TextInput(attrs=QUIET),
        **kwargs,
    )


class SealedForm(forms.Form):
    """What takes the place of a sealed document. `seen`: how often that was sealed when the form was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    meanwhile = False

    @classmethod
    def beside(cls, typed: Mapping[str, Any], sealed: Mapping[str, Any], seen: int) -> Self:
        """The form again with what was typed, filled up with what a colleague sealed, and that beside it where they differ."""
        names = [name for name in cls.base_fields if name != "seen"]
        mine = {name: str(typed.get(name, "")).replace("\r\n", "\n").strip() for name in names}
        form = cls(initial={name: mine[name] or sealed.get(name, "") for name in names} | {"seen": seen})
        lay_beside(form, mine, sealed)
        return form

    def after(self, changed: SealedMeanwhile) -> Self:
        """The form again, as if it had been opened after a colleague sealed it anew."""
        form = type(self)({**self.data.dict(), "seen": changed.version})  # type: ignore[attr-defined]
        form.add_error(None, str(changed))
        form.meanwhile = True
        return form

    @property
    def content(self) -> dict[str, Any]:
        """What is to be sealed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class IdentityForm(SealedForm):
    field_order = ["name", "birth_date", "birth_place"]

    name = sealed_line(_("Full name"), _("As the person writes it, in any alphabet."), required=True)
    family_name = sealed_line(_("Surname"))
    given_name = sealed_line(_("Given name"))
    patronymic = sealed_line(_("Patronymic"))
    latin_name = sealed_line(_("Name in Latin letters"), _("As printed in a passport, if there is one."))
    other_names = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=1000,
        help_text=_("Earlier surnames, nicknames, other spellings; one a line."),
        widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
    )
    birth_date = sealed_line(
        _("Birth date"), _("4.11.1999. Where only the month or the year is known: 11.1999 or 1999.")
    )
    birth_place = sealed_line(_("Place of birth"))

    @classmethod
    def beside(cls, typed: Mapping[str, Any], sealed: Mapping[str, Any], seen: int) -> Self:
        # One day is written in many ways.
        born = cls.fields_of({"birth_date": written_date(str(typed.get("birth_date", "")).strip())})
        mine = {name: typed.get(name, "") for name in cls.base_fields}
        return super().beside(mine | {"birth_date": born["birth_date"]}, sealed, seen)

    def clean_birth_date(self) -> str:
        written = written_date(self.cleaned_data["birth_date"].strip())
        if not written:
            return ""
        latest = latest_birth_date(written)
        if latest is None:
            raise forms.ValidationError(_("Write the date like 4.11.1999, 11.1999 or 1999."))
        if written[:7] > timezone.localdate().isoformat()[: len(written[:7])] or latest.year < _EARLIEST.year:
            raise forms.ValidationError(_("This date cannot be a birth date. Look for a typing error."))
        return written

    @property
    def document(self) -> dict[str, Any]:
        return self.content | {"other_names": self.cleaned_data["other_names"].splitlines()}

    @staticmethod
    def fields_of(document: Mapping[str, Any]) -> dict[str, Any]:
        """The sealed document as the form shows it."""
        born = "-".join(reversed(str(document.get("birth_date", "")).split("-"))).replace("-", ".")
        others = "\n".join(document.get("other_names") or [])
        return {**document, "birth_date": born, "other_names": others}


_EARLIEST = date(1900, 1, 1)


class ContactForm(SealedForm):
    phone = sealed_line(_("Telephone"), _("With the country code: +7 701 …"))
    handle = sealed_line(_("Name in the messenger"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200, widget=forms.EmailInput(attrs=QUIET)
    )
    address = sealed_line(_("Address"))
    how = forms.CharField(
        label=_("How and when it is safe to write"),
        required=False,
        max_length=1000,
        help_text=_("For example: only in the evening, never by telephone, the flatmates know nothing."),
        widget=forms.Textarea(attrs={"rows": 3, **QUIET}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(self.content.values()):
            raise forms.ValidationError(_("Fill in at least one of the fields."))
        return cleaned
