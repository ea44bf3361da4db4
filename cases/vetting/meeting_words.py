"""Meetings of periods and incidents in words: each a question to ask, with what gave rise to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.vetting.meeting import Incident, Meeting, Register, UnitHow, meetings
from cases.vetting.span_words import said_span

_REASONS: dict[str, Promise] = {
    "unit_same": _("The unit is the one named there: %(0)s."),
    "unit_parent": _("The unit of this period belonged to one that is named there: %(0)s."),
    "unit_sub": _("A part of the unit of this period is named there: %(0)s."),
    "unit_none": _("No unit of this period is named there: the person may only have been nearby."),
    "place_same": _("Both name one place: “%(0)s” here, “%(1)s” there."),
    "place_other": _("Two places are named: “%(0)s” here, “%(1)s” there. One may lie in the other."),
    "place_unknown": _("The place is missing on one side."),
    "time_surely": _("The times meet in any case: %(ours)s here, %(theirs)s there."),
    "time_perhaps": _("The times may meet, they are not exact: %(ours)s here, %(theirs)s there."),
}
_SEVERAL_VALUES = {"unit_same", "unit_parent", "unit_sub"}


@dataclass(frozen=True)
class Question:
    """What the interviewer is asked to ask. `period` is the place of the period in the record."""

    period: int
    incident: str
    url: str
    ask: str
    because: tuple[str, ...]
    is_nearby: bool
    meeting: Meeting


def questions(periods: Sequence[Mapping[str, Any]], register: Register) -> list[Question]:
    """What a service record raises against the register, the strongest first."""
    known = {incident.id: incident for incident in register.incidents}
    return [_question(met, periods[met.period], known[met.incident]) for met in meetings(periods, register)]


def _question(met: Meeting, period: Mapping[str, Any], incident: Incident) -> Question:
    unit = str(period.get("unit_name") or period.get("unit_number") or "").strip()
    values = {"time": _ours(period), "unit": unit, "what": incident.what.rstrip(".")}
    if unit:
        ask = gettext(
            "Ask: the period %(time)s in “%(unit)s” meets “%(what)s”. What does the person know of it?"
        )
    else:
        ask = gettext("Ask: the period %(time)s meets “%(what)s”. What does the person know of it?")
    return Question(
        period=met.period,
        incident=met.incident,
        url=reverse("vetting:incident", args=[met.incident]),
        ask=ask % values,
        because=tuple(_because(met, period, incident)),
        is_nearby=met.unit is UnitHow.NONE,
        meeting=met,
    )


def _because(met: Meeting, period: Mapping[str, Any], incident: Incident) -> list[str]:
    times = {"ours": _ours(period), "theirs": said_span(incident.begins, incident.ends)}
    said = []
    for reason in met.reasons:
        values = (", ".join(reason.values),) if reason.code in _SEVERAL_VALUES else reason.values
        said.append(str(_REASONS[reason.code]) % ({str(at): one for at, one in enumerate(values)} | times))
    return said


def _ours(period: Mapping[str, Any]) -> str:
    return said_span(str(period.get("from") or ""), str(period.get("to") or ""))
