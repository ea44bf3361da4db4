"""What is sealed of an entry, as lines to read once it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.vetting.forms.entries import EntryForm
from cases.vetting.forms.evidence import EvidenceForm
from cases.vetting.forms.interviews import AnswersForm
from cases.vetting.forms.referees import RefereeForm

Lines = list[tuple[str, str]]
_WHEN = ("captured_on", "captured_time", "captured_zone")


@dataclass(frozen=True)
class Answer:
    check: str
    question: str
    answer: str


def evidence_lines(content: Mapping[str, str]) -> Lines:
    """The description of a piece of evidence; day, hour and clock of the capture are one line."""
    lines = []
    for name, label, text in _lines(EvidenceForm, content):
        if name == "captured_on":
            lines.append((_("Captured on"), _moment(content)))
        elif name not in _WHEN:
            lines.append((label, text))
    return lines


def referee_lines(content: Mapping[str, str]) -> Lines:
    return [(label, text) for _name, label, text in _lines(RefereeForm, content)]


def interview_lines(content: Mapping[str, Any]) -> Lines:
    """What is sealed of an interview besides the answers."""
    names = ("interpreter", "place", "present", "impressions")
    labels = AnswersForm.base_fields
    return [(str(labels[name].label), str(content[name])) for name in names if content.get(name)]


def answers(content: Mapping[str, Any]) -> list[Answer]:
    """The answers in the order of their checks, each with the question as it was asked."""
    found = sorted(content.get("answers", {}).items())
    return [
        Answer(one.get("check", ""), one.get("question", ""), one.get("answer", "")) for _key, one in found
    ]


def _lines(form: type[EntryForm], content: Mapping[str, str]) -> list[tuple[str, str, str]]:
    fields = form.base_fields
    return [
        (name, str(fields[name].label), _said(fields[name], content[name]))
        for name in form.entry.SEALED
        if content.get(name)
    ]


def _said(field: Any, value: str) -> str:
    labels: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return next((str(label) for code, label in labels if code == value), value)


def _moment(content: Mapping[str, str]) -> str:
    day = date_format(date.fromisoformat(content["captured_on"]))
    if not content.get("captured_time"):
        return day
    zone = _said(EvidenceForm.base_fields["captured_zone"], content.get("captured_zone", ""))
    return _("%(day)s, %(time)s (%(zone)s)") % {"day": day, "time": content["captured_time"], "zone": zone}
