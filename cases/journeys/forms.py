from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.work import known
from cases.applicants.models import Applicant
from cases.documents.forms.days import DayField
from cases.journeys import queries
from cases.journeys.models import Leg
from cases.staff.models import User, random_id

_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_DAY_HINT = _("Day, month and year: 4.11.2026.")
FACTS = (
    "origin",
    "goal",
    "departs_at",
    "arrives_at",
    "means",
    "carrier",
    "ticket_booked",
    "exit_check",
    "escort",
    "host",
)


def moment(day: date | None, hour: time | None, zone: ZoneInfo) -> datetime | None:
    """The moment by the clock of a place; a day on which that clock skips the hour is refused."""
    if day is None or hour is None:
        return None
    there = datetime.combine(day, hour, tzinfo=zone)
    if there.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise forms.ValidationError(_("The clock of this place skips this hour on that day."))
    return there


class LegForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    departs_on = DayField(label=_("Day of departure"), help_text=_DAY_HINT, required=True)
    departs_hour = forms.TimeField(
        label=_("Hour of departure"), help_text=_("By the clock of the place of departure."), widget=_HOUR
    )
    arrives_on = DayField(label=_("Day of arrival"))
    arrives_hour = forms.TimeField(
        label=_("Hour of arrival"),
        help_text=_("By the clock of the place of arrival."),
        widget=_HOUR,
        required=False,
    )
    known = known(_("What else must be known, such as who else meets the person"), most=500, rows=2)

    class Meta:
        model = Leg
        fields = [
            "origin",
            "goal",
            "means",
            "carrier",
            "ticket_booked",
            "exit_check",
            "escort",
            "host",
            "papers",
        ]
        widgets = {"papers": forms.CheckboxSelectMultiple}

    field_order = [
        "new_id", "origin", "departs_on", "departs_hour", "goal", "arrives_on", "arrives_hour",
        "means", "carrier", "ticket_booked", "exit_check", "papers", "escort", "host", "known",
    ]  # fmt: skip

    def __init__(self, data: Any = None, *, applicant: Applicant, leg: Leg | None = None) -> None:
        super().__init__(data, instance=leg, initial=_hours(leg) if leg else {})
        people = queries.companions_of(applicant)
        fields: dict[str, Any] = self.fields
        # A place that is no longer in the list stays that of a leg which begins or ends there.
        ours = Q(pk__in=[leg.origin_id, leg.goal_id]) if leg else Q(pk=None)
        for name in ("origin", "goal"):
            fields[name].queryset = queries.places() | queries.every_place().filter(ours)
        for name in ("escort", "host"):
            fields[name].queryset, fields[name].empty_label = people, "—"
        fields["papers"].queryset = queries.papers_of(applicant)
        fields["papers"].label_from_instance = lambda paper: str(paper.type)
        fields["means"].choices = Leg.Means.choices

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for end, place in (("departs", "origin"), ("arrives", "goal")):
            clean[f"{end}_at"] = self._moment(end, clean.get(place))
        if bool(clean.get("arrives_on")) != bool(clean.get("arrives_hour")) and "arrives_hour" in clean:
            self.add_error("arrives_hour", _("Give both the day and the hour, or neither."))
        departs, arrives = clean["departs_at"], clean["arrives_at"]
        if departs and arrives and arrives <= departs:
            self.add_error("arrives_on", _("This lies before the departure, by the clocks of both places."))
        if clean.get("origin") and clean.get("origin") == clean.get("goal"):
            self.add_error("goal", _("The leg leads to where it begins."))
        return clean

    def _moment(self, end: str, place: Any) -> datetime | None:
        clean = self.cleaned_data
        if place is None:
            return None
        try:
            return moment(clean.get(f"{end}_on"), clean.get(f"{end}_hour"), place.clock)
        except forms.ValidationError as error:
            self.add_error(f"{end}_hour", error)
            return None

    def _post_clean(self) -> None:
        """The leg is saved by an operation, and its constraints hold there: the row of the form stays as it was read."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


def _hours(leg: Leg) -> dict[str, Any]:
    arrives = leg.arrives_there
    return {
        "departs_on": leg.departs_there.date(),
        "departs_hour": leg.departs_there.time(),
        "arrives_on": arrives.date() if arrives else None,
        "arrives_hour": arrives.time() if arrives else None,
    }


class _AtForm(forms.Form):
    """A moment that lies behind, by the clock of `place`."""

    on = DayField(label=_("Day"), help_text=_DAY_HINT, required=True)
    hour = forms.TimeField(label=_("Hour"), widget=_HOUR)

    def __init__(self, data: Any = None, *, leg: Leg, zone: ZoneInfo) -> None:
        now = timezone.now().astimezone(zone)
        super().__init__(data, initial={"on": now.date(), "hour": now.time()})
        self.leg, self.zone = leg, zone

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        try:
            at = moment(clean.get("on"), clean.get("hour"), self.zone)
        except forms.ValidationError as error:
            self.add_error("hour", error)
            return clean
        if at and at > timezone.now():
            self.add_error("hour", _("This moment is still to come."))
        return clean | {"at": at}


class DepartForm(_AtForm):
    def __init__(self, data: Any = None, *, leg: Leg) -> None:
        super().__init__(data, leg=leg, zone=leg.origin.clock)
        self.fields["hour"].help_text = _("By the clock of the place of departure.")


class StopForm(forms.Form):
    known = known(_("What is known"), most=500, rows=2)


class ArrivalForm(_AtForm):
    met_by = forms.ModelChoiceField(
        label=_("Who met the person"),
        help_text=_("A colleague who stood before the person, or saw the person arrive."),
        queryset=User.objects.none(),
    )

    field_order = ["met_by", "on", "hour"]

    def __init__(self, data: Any = None, *, leg: Leg) -> None:
        super().__init__(data, leg=leg, zone=leg.goal.clock)
        self.fields["hour"].help_text = _("By the clock of the place of arrival.")
        people: Any = self.fields["met_by"]
        people.queryset = queries.companions_of(leg.applicant)
