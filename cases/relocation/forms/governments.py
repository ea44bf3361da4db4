"""Forms clean what was typed and save nothing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.names.leaks import find_shapes
from cases.relocation.models import Contact, Government, Talk
from cases.relocation.queries.governments import contacts_of, doers
from cases.staff.models import User, random_id
from cases.staff.queries import colleagues

SOON = timedelta(days=14)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def new_id() -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, initial=random_id)


class GovernmentForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = new_id()

    class Meta:
        model = Government
        fields = ["country", "kind", "name", "channel", "language", "asks_for"]
        widgets = {"asks_for": forms.Textarea(attrs={"rows": 4})}

    field_order = ["new_id", *Meta.fields]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = new_id()

    class Meta:
        model = Contact
        fields = ["name", "role", "reached_by"]

    field_order = ["new_id", *Meta.fields]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TalkForm(forms.ModelForm):  # type: ignore[type-arg]
    """Short on purpose: three fields are needed. What looks like somebody we help is asked about before it is saved."""

    new_id = new_id()
    nobody_we_help = forms.BooleanField(
        label=_("It is nobody we help, and it may stand here"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Talk
        fields = ["kind", "held_on", "contact", "said", "promised", "next_step", "next_by", "next_until"]
        widgets = {
            "held_on": day_input(),
            "next_until": day_input(),
            "said": forms.Textarea(attrs={"rows": 4}),
            "promised": forms.Textarea(attrs={"rows": 2}),
        }

    field_order = ["new_id", *Meta.fields, "nobody_we_help"]

    def __init__(self, data: Any = None, *, government: Government) -> None:
        super().__init__(data, initial={"held_on": timezone.localdate(), "kind": Talk.Kind.CALL})
        self.government = government
        contact: Any = self.fields["contact"]
        contact.queryset = contacts_of(government).filter(left_on=None)
        contact.label_from_instance = lambda one: f"{one.name}, {one.role}"
        contact.empty_label = "–"
        doer: Any = self.fields["next_by"]
        doer.queryset, doer.empty_label = doers(), _("they do it")
        self.fields["said"].help_text = _(
            "By group or pseudonym. No name of anybody we help: this log is not sealed, and is handed over."
        )

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        step, until = cleaned.get("next_step"), cleaned.get("next_until")
        if step and until is None and "next_until" not in self.errors:
            self.add_error("next_until", _("Say until when."))
        if not step and (until or cleaned.get("next_by")):
            self.add_error("next_step", _("Say what is to be done."))
        if not cleaned.get("nobody_we_help"):
            self._ask_about_names(cleaned)
        return cleaned

    def _ask_about_names(self, cleaned: dict[str, Any]) -> None:
        fine = [*colleagues().values_list("full_name", flat=True)]
        fine += self.government.contacts.values_list("name", flat=True)
        for name in ("said", "promised", "next_step"):
            text = str(cleaned.get(name) or "")
            if found := [text[one.start : one.end] for one in find_shapes(text, fine)]:
                self.fields["nobody_we_help"].widget = forms.CheckboxInput()
                told = _(
                    "This may tell who somebody is: %(words)s. Write the pseudonym, or tick below that it is nobody we help."
                )
                self.add_error(name, told % {"words": ", ".join(found)})

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PutOffForm(forms.Form):
    until = forms.DateField(label=_("New day"), widget=day_input())
    next_by: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Who does it"), queryset=None, required=False, empty_label=_("they do it")
    )

    def __init__(self, data: Any = None, *, talk: Talk) -> None:
        super().__init__(data, initial={"until": timezone.localdate() + SOON, "next_by": talk.next_by_id})
        doer: Any = self.fields["next_by"]
        doer.queryset = doers()

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day
