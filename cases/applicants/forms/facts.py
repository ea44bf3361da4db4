from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cases.applicants.countries import country_choices
from cases.applicants.forms.meanwhile import both, opened_in, tell
from cases.applicants.languages import LANGUAGES, in_words
from cases.applicants.models import Applicant, Category, Channel
from cases.applicants.operations.facts import EDITABLE
from cases.names.pseudonyms import is_pseudonym, normalise

_DAYS = ("last_contact_on", "last_written_on")


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Five fields; everything else can follow. The id of the case to come makes a repeated sending harmless."""

    # Not called "id": in a browser that would hide the id of the form itself.
    new_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_(
            "As the person writes it, in any alphabet. Sealed when you save: it is not shown again here."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        ),
    )

    class Meta:
        model = Applicant
        fields = ["pseudonym", "category", "country", "channel"]
        widgets = {"pseudonym": forms.HiddenInput}

    field_order = ["new_id", "pseudonym", "category", "country", "channel", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("category", "channel"):
            field: Any = self.fields[name]
            field.choices = [("", "–"), *list(field.choices)[1:]]
        _offer_countries(self)

    # The operation knows whether the pseudonym is free: a repeated sending carries one that is taken, rightly.
    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "pseudonym"}  # type: ignore[misc]

    def clean_pseudonym(self) -> str:
        """Only one of those we offer: it comes from a hidden field, and stands in clear for everybody."""
        pseudonym = str(self.cleaned_data["pseudonym"])
        if not is_pseudonym(pseudonym):
            raise forms.ValidationError(_("This is not a pseudonym we offer. Take another one."))
        return normalise(pseudonym)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class EditForm(forms.ModelForm):  # type: ignore[type-arg]
    """The clear facts. Carries what was there when the form was opened, to tell the writer's changes from others'."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput)
    languages = forms.TypedMultipleChoiceField(
        label=_("Languages spoken"),
        choices=LANGUAGES.items(),
        required=False,
        coerce=str,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Applicant
        fields = [
            "urgency",
            "urgency_reason",
            "special_needs",
            "category",
            "country",
            "channel",
            "last_contact_on",
            "last_written_on",
            "languages",
        ]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in _DAYS}
        help_texts = {
            "urgency_reason": _("In a few words, without names or places: it is not sealed."),
            "last_contact_on": _("The day on which you last heard from the person."),
            "last_written_on": _("The day on which one of us last wrote to the person, or called."),
        }

    def __init__(self, data: Any = None, *, instance: Applicant) -> None:
        super().__init__(data, instance=instance)
        _offer_countries(self)
        self.initial["version"] = instance.version
        self.initial["opened"] = signing.dumps(_plain({name: getattr(instance, name) for name in EDITABLE}))

    def clean_last_contact_on(self) -> date | None:
        return _gone_by(self.cleaned_data["last_contact_on"])

    def clean_last_written_on(self) -> date | None:
        return _gone_by(self.cleaned_data["last_written_on"])

    def clean_opened(self) -> dict[str, Any]:
        return opened_in(self.cleaned_data["opened"])

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}

    def merged(self, now: Mapping[str, Any], instance: Applicant) -> "EditForm":
        """Return the form again: what was typed stays, what only others changed is taken over and said."""
        opened, mine, saved = self.cleaned_data["opened"], _plain(self.changes), _plain(now)
        data = both(opened, mine, saved)
        data |= {"version": now["version"], "opened": signing.dumps({name: saved[name] for name in EDITABLE})}
        form = EditForm(data, instance=instance)
        form.full_clean()
        tell(form, opened, mine, saved, lambda name, value: said(name, now[name]))
        return form


def _gone_by(day: date | None) -> date | None:
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come."))
    return day


def _offer_countries(form: forms.ModelForm) -> None:  # type: ignore[type-arg]
    field: Any = form.fields["country"]
    field.choices = [("", "–"), *country_choices()]


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as a form would send them."""
    return {
        name: value if isinstance(value, list) else "" if value is None else str(value)
        for name, value in facts.items()
        if name in EDITABLE
    }


def said(name: str, value: Any) -> str:
    """A fact in words, as the case page shows it."""
    if name == "languages":
        return in_words(value)
    if name == "country":
        return str(countries.name(str(value)))
    if name in _DAYS:
        return date_format(value) if value else ""
    choices: dict[str, Any] = {
        "category": Category,
        "channel": Channel,
        "urgency": Applicant._meta.get_field("urgency"),
    }
    if name in choices:
        return str(dict(choices[name].choices).get(value, value))
    return str(value)
