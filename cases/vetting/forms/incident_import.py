from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cases.vetting.forms.vague import VagueDayField, typed
from cases.vetting.imports.plan import Plan, Planned
from cases.vetting.spans import first_day, last_day


class FileForm(forms.Form):
    """The file. It is sent again with each step."""

    only_asks = True
    id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX, its first sheet. It is read at each step; nothing is saved before you confirm."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "data-limit": settings.UPLOAD_LIMIT}),
    )


class PeriodsForm(forms.Form):
    """For each incident to be: whether it is taken in, and when it was. What the text says is filled in at first."""

    only_asks = True

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data)
        self.planned = [one for one in plan.planned if one.adds]
        for one in self.planned:
            name = _("Row %(line)s") % {"line": one.line}
            self.fields[f"take-{one.line}"] = forms.BooleanField(
                label=name, required=False, initial=not one.is_vague
            )
            self.fields[f"from-{one.line}"] = VagueDayField(label=_("From"), initial=typed(one.draft.begins))
            self.fields[f"to-{one.line}"] = VagueDayField(label=_("To"), initial=typed(one.draft.ends))

    def rows(self) -> list[tuple[Planned, BoundField, BoundField, BoundField]]:
        return [
            (one, self[f"take-{one.line}"], self[f"from-{one.line}"], self[f"to-{one.line}"])
            for one in self.planned
        ]

    @property
    def lines(self) -> list[int]:
        return [one.line for one in self.planned if self.cleaned_data[f"take-{one.line}"]]

    @property
    def typed(self) -> dict[int, tuple[str, str]]:
        return {
            one.line: (self.cleaned_data[f"from-{one.line}"], self.cleaned_data[f"to-{one.line}"])
            for one in self.planned
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.planned:
            begins = first_day(cleaned.get(f"from-{one.line}", ""))
            ends = last_day(cleaned.get(f"to-{one.line}", ""))
            if begins and ends and begins > ends:
                self.add_error(f"to-{one.line}", _("This lies before the beginning. Look at both days."))
        return cleaned
