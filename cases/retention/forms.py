from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.ways import Way
from cases.retention.models import KeptLonger
from cases.staff.models import random_id

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Stays in the timeline, by pseudonym. Most endings need it."),
    )
    last_contact_on = forms.DateField(
        label=_("Last contact"),
        required=False,
        help_text=_("From this day the time of keeping counts. Empty where there was none."),
        widget=_DAY,
    )

    def __init__(self, data: Any, *, applicant: Applicant, ways: Sequence[Way]) -> None:
        super().__init__(data, initial={"last_contact_on": applicant.last_contact_on})
        outcome: Any = self.fields["outcome"]
        # Read by the label, which would say "optional" otherwise.
        self.fields["reason"].needed_at_times = True  # type: ignore[attr-defined]
        outcome.choices = [(way.target, way.label) for way in ways if way.is_open and way.is_ending]

    def clean_last_contact_on(self) -> date | None:
        day: date | None = self.cleaned_data["last_contact_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class KeepForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    known = forms.CharField(
        label=_("More about it"),
        help_text=_("By pseudonym, without names: this becomes a note of the case, which is not sealed."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = KeptLonger
        fields = ["reason", "until"]
        widgets = {"reason": forms.RadioSelect, "until": _DAY}

    field_order = ["new_id", "reason", "until", "known"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        reason: Any = self.fields["reason"]
        reason.choices = [(code, capfirst(label)) for code, label in KeptLonger.Reason.choices]

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day
