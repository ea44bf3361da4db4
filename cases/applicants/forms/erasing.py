from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Erasure, LegalHold


def _sentences(words: type[TextChoices]) -> list[tuple[str, Any]]:
    """Said within a sentence elsewhere; here each begins a line."""
    return [(code, capfirst(label)) for code, label in words.choices]


class ErasureForm(forms.Form):
    only_asks = True
    reason = forms.ChoiceField(label=_("Why"), choices=_sentences(Erasure.Reason), widget=forms.RadioSelect)
    along: "forms.ModelMultipleChoiceField[Applicant]" = forms.ModelMultipleChoiceField(
        label=_("Together with"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The others of the household stay unless you choose them. At most five people at once."),
    )

    def __init__(self, data: Any = None, *, household: QuerySet[Applicant]) -> None:
        super().__init__(data)
        along: Any = self.fields["along"]
        along.queryset = household
        if not household.exists():
            del self.fields["along"]

    def clean_along(self) -> list[Applicant]:
        along = list(self.cleaned_data["along"])
        if len(along) >= Erasure.MOST:
            raise forms.ValidationError(_("At most five people are erased at once."))
        return along


class ReviewForm(forms.Form):
    review_on = forms.DateField(
        label=_("Look at it again on"),
        help_text=_("Until somebody ends it the hold stands, this day or not."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


class HoldForm(ReviewForm):
    field_order = ("reason", "review_on")
    reason = forms.ChoiceField(label=_("Why"), choices=_sentences(LegalHold.Reason), widget=forms.RadioSelect)
