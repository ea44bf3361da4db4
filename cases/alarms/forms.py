from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.alarms.models import REVIEW_AFTER, Alarm, RiskEvent
from cases.applicants.forms.work import known
from cases.staff.models import random_id

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AlarmForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    known = known()

    class Meta:
        model = Alarm
        fields = ["kind"]
        widgets = {"kind": forms.RadioSelect}

    field_order = ["new_id", "kind", "known"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = list(kind.choices)[1:]


class EndForm(forms.ModelForm):  # type: ignore[type-arg]
    known = known()

    class Meta:
        model = Alarm
        fields = ["outcome"]
        widgets = {"outcome": forms.RadioSelect}

    field_order = ["outcome", "known"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.required, outcome.choices = True, Alarm.Outcome.choices


class RiskForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    known = known()

    class Meta:
        model = RiskEvent
        fields = ["kind", "severity", "happened_on", "review_on"]
        widgets = {"happened_on": _DAY, "review_on": _DAY}

    field_order = ["new_id", "kind", "severity", "happened_on", "review_on", "known"]

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"happened_on": today, "review_on": today + REVIEW_AFTER})

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day
