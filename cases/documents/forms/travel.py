from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ALONE = "alone"
TOGETHER = "together"


class TravelForm(forms.Form):
    """On which day, compared with which other, for whom. Nothing is saved; what is left empty means today and alone."""

    on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    against = forms.DateField(
        label=_("Compare with"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    whom = forms.ChoiceField(label=_("Who travels?"), required=False)

    def __init__(self, data: Any, *, household: int) -> None:
        super().__init__(data or None, auto_id="travel_%s")
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            (ALONE, _("this person alone")),
            (TOGETHER, _("the household together")),
        ]
        if household < 2:
            del self.fields["whom"]
        self.initial = {"on": timezone.localdate(), "whom": ALONE}

    @property
    def chosen(self) -> dict[str, Any]:
        """The day, the other day or None, and whether the household goes together; today where a date is wrong."""
        cleaned = self.cleaned_data if (self.is_bound and not self.is_valid()) or self.is_bound else {}
        return {
            "on": cleaned.get("on") or timezone.localdate(),
            "against": cleaned.get("against"),
            "together": cleaned.get("whom") == TOGETHER,
        }
