from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ALONE = "alone"
TOGETHER = "together"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True)
class Chosen:
    on: date
    against: date | None
    together: bool


class TravelForm(forms.Form):
    """On which day, compared with which other, for whom. Nothing is saved; what is left empty means today and alone."""

    on = forms.DateField(label=_("On which day?"), required=False, widget=_DAY)
    against = forms.DateField(label=_("Compare with"), required=False, widget=_DAY)
    whom = forms.ChoiceField(
        label=_("Who travels?"),
        required=False,
        choices=[(ALONE, _("this person alone")), (TOGETHER, _("the household together"))],
    )

    def __init__(self, data: Mapping[str, Any], *, household: int) -> None:
        # Shown for the first time it is asked for today.
        known = {name: data[name] for name in ("on", "against", "whom") if name in data}
        super().__init__(known or {"on": timezone.localdate().isoformat()}, auto_id="travel_%s")
        if household < 2:
            del self.fields["whom"]

    @property
    def chosen(self) -> Chosen:
        """What is asked; today where a date is wrong, which is said beside it."""
        cleaned = self.cleaned_data
        return Chosen(
            cleaned.get("on") or timezone.localdate(),
            cleaned.get("against"),
            cleaned.get("whom") == TOGETHER,
        )
