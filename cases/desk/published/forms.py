from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.desk.published.periods import Period, period_of
from cases.staff.models import random_id


class AskFiguresForm(forms.Form):
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    period = forms.ChoiceField(
        label=_("Period"),
        help_text=_(
            "Quarters and years that are over. A day can be told once only: in a quarter or in a year."
        ),
    )

    def __init__(self, data: Any = None, *, periods: Sequence[Period]) -> None:
        super().__init__(data)
        choices: Any = self.fields["period"]
        choices.choices = [(one.code, capfirst(str(one))) for one in periods]

    def clean_period(self) -> Period:
        return period_of(self.cleaned_data["period"])


class ApproveFiguresForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def show_now(self, digest: str) -> None:
        """The button approves what the page shows, also after it was refused because that had changed."""
        self.data = {"seen": digest} if self.is_bound else self.data
        self.initial["seen"] = digest
