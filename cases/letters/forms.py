from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases.applicants.forms.sealed import QUIET
from cases.documents.forms.reference import FactForm
from cases.letters import placeholders
from cases.letters.models import FOR_WHOM, LetterTemplate

LINE, LONG = 300, 6000
UNKNOWN = _("%(what)s is no placeholder. Possible are: %(known)s.")


class TemplateForm(FactForm):
    """A placeholder that nobody knows would stand in every letter: it is refused here."""

    def clean_heading(self) -> str:
        return _checked(self.cleaned_data["heading"])

    def clean_body(self) -> str:
        return _checked(self.cleaned_data["body"])


class LetterForm(forms.Form):
    """Asks what the template needs and the case does not hold; `missing` are sealed fields of which nothing is known."""

    only_asks = True
    for_whom = forms.CharField(
        label=_("For whom the letter is"),
        max_length=FOR_WHOM,
        help_text=_(
            "An office or an organisation, for example a prefecture. This line is kept, and not sealed."
        ),
        widget=forms.TextInput(attrs=QUIET),
    )

    def __init__(self, data: Any = None, *, template: LetterTemplate, missing: Collection[str] = ()) -> None:
        super().__init__(data)
        self._language = template.language
        codes = placeholders.in_text(template.heading, template.body)
        # What was missing once is typed again with the rest: the names of the fields say so.
        asked_again = {name.removeprefix("typed_") for name in data or () if name.startswith("typed_")}
        for one in placeholders.known(codes):
            if not one.field or one.code in {*missing, *asked_again}:
                self.fields[f"typed_{one.code}"] = _field(one)

    @property
    def typed(self) -> dict[str, str]:
        """By placeholder; a day as it is written in the language of the letter."""
        with override(self._language):
            return {
                name.removeprefix("typed_"): date_format(said) if hasattr(said, "isoformat") else said
                for name, said in self.cleaned_data.items()
                if name.startswith("typed_") and said
            }


def _field(one: placeholders.Placeholder) -> forms.Field:
    if one.days:
        return forms.DateField(
            label=str(one.label), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
    widget = forms.Textarea(attrs=QUIET | {"rows": 6}) if one.long else forms.TextInput(attrs=QUIET)
    return forms.CharField(label=str(one.label), max_length=LONG if one.long else LINE, widget=widget)


def _checked(text: str) -> str:
    if wrong := placeholders.wrong_in(text):
        known = ", ".join(f"{{{code}}}" for code in (*placeholders.PLACEHOLDERS, *placeholders.OWN))
        raise ValidationError(UNKNOWN, params={"what": wrong, "known": known})
    return text
