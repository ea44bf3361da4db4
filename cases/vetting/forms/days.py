"""A day as people know it: the whole day, the month or the year alone."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, written_date
from cases.vetting.spans import first_day

EARLIEST = 1950


class VagueDayField(forms.CharField):
    """Cleans to "2022-03-05", "2022-03", "2022" or "" (see spans.py), and is shown as it is typed."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        widget = forms.TextInput(attrs=QUIET | {"inputmode": "decimal"})
        super().__init__(label=label, help_text=help_text, required=False, max_length=20, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        return typed_day(value) if isinstance(value, str) and first_day(value) else value

    def clean(self, value: Any) -> str:
        written = written_date(str(super().clean(value)).strip())
        if not written:
            return ""
        first = first_day(written)
        if first is None:
            raise forms.ValidationError(self._fault(written))
        if first.year < EARLIEST:
            raise forms.ValidationError(_("This year cannot be right. Look for a typing error."))
        if first > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return written

    def _fault(self, written: str) -> Any:
        # "31.02.2025" is written well, and still no day.
        if written.replace("-", "").isdigit() and len(written) in (len("1999-11"), len("1999-11-04")):
            return _("There is no such day. Look for a typing error.")
        return _("Write the date like 4.11.1999, 11.1999 or 1999.")


def typed_day(written: str) -> str:
    return ".".join(reversed(written.split("-")))
