"""One form for all tables of reference data: what can be chosen comes as a list, and what cannot be is said in a sentence."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.documents.models import (
    AreaMember,
    DocumentType,
    EntryRule,
    ExitRule,
    Reference,
    RemedyRule,
    SafetyRule,
    StayRule,
    VisaRule,
)
from cases.documents.places import Choices, any_choice, country_choices, place_choices
from cases.documents.queries.reference import entry_rules_for, types
from cases.documents.reference.clashes import clash
from cases.documents.reference.columns import CODE
from cases.documents.reference.rows import to_row
from cases.documents.tables import values_of
from cases.documents.travel import rules

TYPES = "document type"
COUNTRIES = "country"
COUNTRIES_OR_ANY = "country or any"
PLACES = "place"
CHOSEN: dict[tuple[type[Reference], str], str] = {
    (DocumentType, "issuer"): COUNTRIES,
    (AreaMember, "country"): COUNTRIES,
    (EntryRule, "destination"): PLACES,
    (EntryRule, "document"): TYPES,
    (VisaRule, "visa"): TYPES,
    (VisaRule, "destination"): PLACES,
    (RemedyRule, "destination"): PLACES,
    (RemedyRule, "document"): TYPES,
    (StayRule, "country"): COUNTRIES,
    (ExitRule, "country"): COUNTRIES_OR_ANY,
    (SafetyRule, "country"): PLACES,
}
UNKNOWN: dict[str, Any] = {
    TYPES: _("%(value)s is no document type of the catalogue."),
    COUNTRIES: _("%(value)s is no country."),
    COUNTRIES_OR_ANY: _("%(value)s is no country."),
    PLACES: _("%(value)s is no country and no area."),
}


class FactForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (model, column), kind in CHOSEN.items():
            if model is self._meta.model and column in self.fields:
                self.fields[column] = self._select(column, kind)

        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        self.fields["source"].widget.attrs["size"] = 80

    def _select(self, column: str, kind: str) -> forms.ChoiceField:
        field, now = self.fields[column], getattr(self.instance, column)
        choices = [("", "---------"), *_choices(kind)]
        if now not in dict(choices):
            choices.append((now, now))
        return forms.ChoiceField(
            label=field.label,
            choices=choices,
            required=field.required,
            help_text=field.help_text,
            error_messages={"invalid_choice": UNKNOWN[kind]},
        )

    def clean_code(self) -> str:
        return _shaped(self.cleaned_data["code"], CODE, _("Write the code in capitals, like RU_INT."))

    def clean_area(self) -> str:
        like = _("Write the area in capitals, like SCHENGEN.")
        return _shaped(self.cleaned_data["area"], re.compile("[A-Z]{4,20}"), like)

    def clean_number_pattern(self) -> str:
        pattern = str(self.cleaned_data["number_pattern"])
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValidationError(
                _("This is no regular expression: %(error)s."), params={"error": error}
            ) from error
        return pattern

    def clean_source_date(self) -> Any:
        return _not_to_come(self.cleaned_data["source_date"])

    def clean_verified_on(self) -> Any:
        day = _not_to_come(self.cleaned_data["verified_on"])
        if day is None and self.initial.get("verified_on"):
            raise ValidationError(
                _("Leave the day when somebody last looked. If you doubt the row, change its confidence.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day is before the first day."))
        self._clean_example(cleaned)
        if self._meta.model is EntryRule and not self.errors:
            self._clean_entry(cleaned)
        return cleaned

    def _clean_example(self, cleaned: dict[str, Any]) -> None:
        example, pattern = cleaned.get("number_example"), cleaned.get("number_pattern")
        if example and pattern and not re.search(pattern, re.sub(r"\s", "", example)):
            self.add_error("number_example", _("The example does not fit the pattern."))

    def _clean_entry(self, cleaned: dict[str, Any]) -> None:
        youngest, oldest = cleaned["age_from"], cleaned["age_below"]
        if youngest is not None and oldest is not None and youngest >= oldest:
            self.add_error(
                "age_below", _("Nobody is of such an age: the second must be higher than the first.")
            )
        this = to_row(rules.EntryRule, values_of(self.instance) | cleaned)
        for other in entry_rules_for(this.destination, this.document).exclude(pk=this.key):
            if clash(this, to_row(rules.EntryRule, values_of(other))):
                says = gettext(
                    "For the same days and ages %(key)s says something else. Close that row first."
                )
                self.add_error(None, says % {"key": other.key})


def _choices(kind: str) -> Choices:
    if kind == TYPES:
        return [(one.code, f"{one.name} ({one.code})") for one in types()]
    if kind == PLACES:
        return place_choices()
    return [*([any_choice()] if kind == COUNTRIES_OR_ANY else []), *country_choices()]


def _shaped(text: str, shape: re.Pattern[str], like: Any) -> str:
    if not shape.fullmatch(text):
        raise ValidationError(like)
    return text


def _not_to_come(day: Any) -> Any:
    if day and day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))
    return day
