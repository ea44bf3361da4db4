from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import OpenedForm
from cases.documents.forms.days import DayField
from cases.documents.forms.held import typed
from cases.documents.history_words import MISTAKES
from cases.documents.models import Verification
from cases.documents.operations.held import STAY


class StrikeForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=MISTAKES.items(), widget=forms.RadioSelect)


class VerifyForm(forms.Form):
    how = forms.ChoiceField(label=_("How?"), choices=Verification.choices, widget=forms.RadioSelect)
    on = DayField(label=_("On which day?"), required=True, past=True)


class StayForm(OpenedForm):
    """What bears on leaving; “unknown” is an answer."""

    @staticmethod
    def typed(facts: Mapping[str, Any]) -> dict[str, str]:
        return {name: typed(facts[name]) for name in STAY}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in STAY}

    entered_on = DayField(
        label=_("Entered the country on"), help_text=_("By the stamp, or by the migration card."), past=True
    )
    overstay = forms.NullBooleanField(
        label=_("Overstayed, or a fine or court order for it"),
        required=False,
    )
    barred = forms.NullBooleanField(
        label=_("Wanted, or barred from leaving"),
        required=False,
        help_text=_("Ask a lawyer who can look into the lists; never ask the police."),
    )
