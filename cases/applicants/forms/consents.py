from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Channel, Consent, ConsentText, Purpose
from cases.staff.models import random_id

YES, NO = "yes", "no"
SHOWS = [("name", _("the name")), ("face", _("the face")), ("voice", _("the voice"))]


class _DayForm(forms.Form):
    on = forms.DateField(
        label=_("Said on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Write the day on which the person said it.")
            )
        return day


class ConsentForm(_DayForm):
    """The answer to the text that stands beside it; `text` says which words that were."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    text: "forms.ModelChoiceField[ConsentText]" = forms.ModelChoiceField(
        queryset=None, widget=forms.HiddenInput
    )
    outlet = forms.CharField(
        label=_("Newspaper or programme"),
        max_length=100,
        help_text=_(
            "Each one is asked about by itself. Not the name of the journalist: this line is not sealed."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "outlets"}),
    )
    answer = forms.ChoiceField(
        label=_("What does the person say?"),
        choices=[(YES, _("Agrees")), (NO, _("Does not agree"))],
        widget=forms.RadioSelect,
    )
    shows = forms.MultipleChoiceField(
        label=_("What may be shown"), required=False, choices=SHOWS, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(label=_("How the person answered"), choices=Channel.choices)
    by_guardian = forms.BooleanField(
        label=_("A parent or guardian answers for the person"),
        required=False,
        help_text=_("For a child. Every adult answers without the others."),
    )
    field_order = ["new_id", "text", "outlet", "answer", "shows", "on", "channel", "by_guardian"]

    def __init__(self, data: Any = None, *, purpose: Purpose, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        text: Any = self.fields["text"]
        text.queryset = ConsentText.objects.filter(purpose=purpose)
        if purpose != Purpose.MEDIA:
            del self.fields["outlet"], self.fields["shows"]

    def clean_outlet(self) -> str:
        return " ".join(self.cleaned_data["outlet"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "shows" in self.fields and cleaned.get("answer") == YES and not cleaned.get("shows"):
            self.add_error("shows", _("Say what may be shown, or that the person does not agree."))
        return cleaned

    @property
    def answered(self) -> ConsentText | None:
        """The text that was read out, which stays in sight while something else is put right."""
        found: ConsentText | None = self.cleaned_data.get("text") if self.is_bound else None
        return found

    @property
    def said(self) -> dict[str, Any]:
        """The answer as the operation takes it."""
        clean = dict(self.cleaned_data)
        return {"id": clean.pop("new_id"), "agrees": clean.pop("answer") == YES, **clean}


class WithdrawForm(_DayForm):
    field_order = ["on"]

    def __init__(self, data: Any = None, *, consent: Consent) -> None:
        super().__init__(data)
        self._given_on = consent.given_on

    def clean_on(self) -> date:
        day = super().clean_on()
        if self._given_on and day < self._given_on:
            raise forms.ValidationError(_("The person agreed only after this day. Look at the date again."))
        return day
