"""The forms of the register of incidents."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.applicants.countries import country_choices
from cases.applicants.forms.meanwhile import OpenedForm
from cases.documents.forms.days import DayField, written
from cases.vetting.forms.vague import VagueDayField, typed
from cases.vetting.imports.plan import UnitBook
from cases.vetting.meeting import Register
from cases.vetting.models import Incident, IncidentKind
from cases.vetting.spans import first_day, last_day
from cases.vetting.unit_names import own_keys

_MOST = 40


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        rows = {"rows": 3, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(required=False, max_length=5000, widget=forms.Textarea(attrs=rows), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        lines = list({line.casefold(): line for line in lines if line}.values())
        if too_long := next((line for line in lines if len(line) > self.longest), None):
            raise forms.ValidationError(
                _("“%(line)s…” is longer than %(longest)s characters."),
                params={"line": too_long[:40], "longest": self.longest},
            )
        if len(lines) > _MOST:
            raise forms.ValidationError(_("At most %(most)s lines."), params={"most": _MOST})
        return lines


class IncidentForm(OpenedForm):
    field_order = ("what", "kind", "begins", "ends", "places", "region", "country", "units", "add_units")
    what = forms.CharField(
        label=_("What happened, in one line"),
        max_length=300,
        help_text=_("As the source says it. No names of people: the register knows units, not persons."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=IncidentKind.choices, initial=IncidentKind.OTHER)
    begins = VagueDayField(
        label=_("From"), help_text=_("5.3.2022, or 3.2022 or 2022. Empty where nobody knows.")
    )
    ends = VagueDayField(label=_("To"), help_text=_("A single day stands in both fields."))
    places = LinesField(
        label=_("Places"),
        longest=120,
        help_text=_("One a line. Other spellings are found by themselves where they sound alike."),
    )
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [("", "–"), *country_choices()]
    )
    units = LinesField(
        label=_("Units"), longest=200, help_text=_("One a line, as the register or anybody else writes them.")
    )
    add_units = forms.BooleanField(
        label=_("Add the units that the register does not have yet"), required=False
    )
    verified_on = DayField(
        label=_("Source last checked on"), past=True, help_text=_("Day, month and year: 4.11.1999.")
    )

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self.new_units: list[str] = []

    @staticmethod
    def written(incident: Incident) -> dict[str, str]:
        """What stands in the register, as the form shows it."""
        return {
            "what": incident.what,
            "kind": incident.kind,
            "begins": typed(incident.begins),
            "ends": typed(incident.ends),
            "places": "\n".join(incident.places),
            "region": incident.region,
            "country": str(incident.country),
            "units": "\n".join(sorted(unit.name for unit in incident.units.all())),
            "verified_on": written(incident.verified_on) if incident.verified_on else "",
        }

    @property
    def facts(self) -> dict[str, Any]:
        names = ("what", "kind", "country", "region", "places", "begins", "ends", "verified_on")
        return {name: self.cleaned_data[name] for name in names}

    def clean_units(self) -> list[UUID]:
        known = self.register.units
        book = UnitBook(known.values())
        found = []
        for line in self.cleaned_data["units"]:
            exact = book.find(line)
            can_be = [exact] if exact else sorted(self.register.named(own_keys("", line)[0]))
            if len(can_be) > 1:
                names = ", ".join(known[one].name for one in can_be)
                message = _("“%(line)s” can mean several units: %(names)s. Write the name of one.")
                raise forms.ValidationError(message, params={"line": line, "names": names})
            if can_be:
                found.append(UUID(can_be[0]))
            else:
                self.new_units.append(line)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.new_units and not cleaned.get("add_units"):
            names = ", ".join(self.new_units)
            self.add_error(
                "units",
                forms.ValidationError(
                    _(
                        "The register does not have: %(names)s. Look for a typing error, or tick the box below."
                    ),
                    params={"names": names},
                ),
            )
        begins, ends = first_day(cleaned.get("begins", "")), last_day(cleaned.get("ends", ""))
        if begins and ends and begins > ends:
            self.add_error("ends", _("This lies before the beginning. Look at both days."))
        if not self.errors and not (
            cleaned["units"] or self.new_units or cleaned["places"] or cleaned["region"]
        ):
            self.add_error("units", _("Name a unit or a place: without both it could never be met."))
        return cleaned


class SourceForm(forms.Form):
    text = forms.CharField(
        label=_("Source"), max_length=500, help_text=_("Who says so, as one would cite it.")
    )
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    dated_on = DayField(label=_("Date of the source"), past=True)
    archive_url = forms.URLField(
        label=_("Address of an archived copy"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("At a web archive, so that it can be shown when the page is gone."),
    )


class AddIncidentForm(IncidentForm, SourceForm):
    """The id of the entry to come makes a repeated sending harmless."""

    new_id = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def source(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SourceForm.base_fields}


class StrikeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("For example: entered twice, or withdrawn by the source. It stays to be read."),
    )


class CopyForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, HTML, PNG or JPEG, at most 10 MB. It is kept with its hash and given out for download only."
        ),
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.html,.htm,.png,.jpg,.jpeg"}),
    )
    captured_at = DayField(
        label=_("Captured on"),
        past=True,
        help_text=format_lazy("{} {}", _("The day on which the page was saved."), _("Empty: today.")),
    )

    @property
    def moment(self) -> datetime | None:
        """The beginning of the day that was given, or nothing, which means now."""
        day = self.cleaned_data["captured_at"]
        if day is None or day == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(day, time.min))


class FilterForm(forms.Form):
    text = forms.CharField(label=_("Words"), max_length=100, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    unit = forms.ChoiceField(label=_("Unit and its parts"), required=False)
    begins = VagueDayField(label=_("From"))
    ends = VagueDayField(label=_("To"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("counting")), ("undated", _("without a date")), ("struck", _("struck out"))],
    )

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = sorted((unit.name, unit.id) for unit in register.units.values())
        unit: Any = self.fields["unit"]
        unit.choices = [("", "–"), *((one, name) for name, one in units)]
