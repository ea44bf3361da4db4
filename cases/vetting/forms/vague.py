from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, written_date
from cases.vetting.spans import first_day

EARLIEST, LATEST = 1979, 2100


class VagueDayField(forms.CharField):
    """A day, a month or a year as people type it: 5.3.2022, 3.2022, 2022; cleaned to 2022-03-05, 2022-03, 2022."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=QUIET | {"inputmode": "decimal"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        written = written_date(str(super().clean(value)).strip())
        day = first_day(written)
        if written and day is None:
            raise forms.ValidationError(_("Write 5.3.2022, or 3.2022 or 2022 where no more is known."))
        if day and not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(_("This year cannot be right. Look for a typing error."))
        return written

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, str) else value


def typed(written: str) -> str:
    """2022-03-05 as it is typed: 5.3.2022. What is no such day stays as it is."""
    if first_day(written) is None:
        return written
    return ".".join(part.lstrip("0") for part in reversed(written.split("-")))
