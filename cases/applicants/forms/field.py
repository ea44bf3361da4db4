from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.facts import RegisterForm
from cases.applicants.forms.sealed import ContactForm, IdentityForm
from cases.applicants.operations import NewApplicant
from cases.staff.models import random_id


class ReportForm(RegisterForm):
    """The first step: the case by pseudonym, so that something has arrived before the line breaks."""

    name = None  # type: ignore[assignment]
    clean_name = None  # type: ignore[assignment]

    def new_applicant(self) -> NewApplicant:
        clean = self.cleaned_data
        facts = {name: clean[name] for name in ("pseudonym", "category", "channel")}
        return NewApplicant(id=clean["new_id"], country=str(clean["country"]), **facts)

    def with_pseudonym(self, pseudonym: str) -> Self:
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["pseudonym"] = pseudonym
        return type(self)(typed)


class ReportNameForm(IdentityForm):
    title, sends = _("Name"), _("Seal and send the name")

    field_order = ["name", "birth_date", "birth_place"]
    family_name = given_name = patronymic = latin_name = other_names = None  # type: ignore[assignment]

    @property
    def document(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReportStoryForm(forms.Form):
    title, sends = _("What happened"), _("Seal and send what happened")

    # A sending that is repeated arrives once.
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    text = forms.CharField(
        label=_("In the person's words, or yours"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    @property
    def document(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReportCardForm(ContactForm):
    title, sends = _("Contact"), _("Seal and send the contact")

    email = address = None  # type: ignore[assignment]

    @property
    def document(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
