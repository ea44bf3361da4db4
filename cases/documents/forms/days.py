from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, written_date

EARLIEST, LATEST = 1900, 2150


class DayField(forms.CharField):
    """A whole day as people type it: 4.11.1999, 4/11/1999 or 1999-11-04; `past`: none that is still to come."""

    def __init__(
        self, *, label: Any, help_text: Any = "", required: bool = False, past: bool = False
    ) -> None:
        self.past = past
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=20,
            widget=forms.TextInput(attrs=QUIET | {"inputmode": "decimal"}),
        )

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        typed = written_date(super().clean(value).strip())
        if not typed:
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            raise forms.ValidationError(self._fault(typed)) from None
        if not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(_("This year cannot be right. Look for a typing error."))
        if self.past and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def _fault(self, typed: str) -> Any:
        # "31.02.2025" is written well, and still no day.
        if len(typed) == len("1999-11-04") and typed.replace("-", "").isdigit():
            return _("There is no such day. Look for a typing error.")
        return _("Write the whole day, with four digits for the year: 4.11.1999.")


def written(day: date) -> str:
    return f"{day:%d.%m.%Y}"
