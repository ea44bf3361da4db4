"""The form of one check. What was found is sealed; the rest stands in clear, with the case."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import both, opened_in, tell
from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.documents.forms.days import DayField
from cases.documents.forms.held import typed
from cases.vetting.history_words import said
from cases.vetting.models import Confidence, Result
from cases.vetting.operations.checks import CLEAR, SEALED, referred_on
from cases.vetting.queries.checks import Line

LONGEST_FINDING = 20_000
RESULTS: dict[str, Any] = {
    Result.CONFIRMED: _("Confirmed: evidence shows it"),
    Result.CONSISTENT: _("Consistent: it fits together, nothing speaks against it"),
    Result.NOT_ESTABLISHED: _("Not established: it was looked into, and stays open"),
    Result.CONTRADICTED: _("Contradicted: evidence speaks against it"),
    Result.NOT_APPLICABLE: _("Not applicable: the question does not arise"),
}
SEALED_MEANWHILE = _(
    "A colleague sealed what was found, too. Open it to correct: what you typed is put below it. Or save again, and yours takes its place."
)
WANTED: dict[str, Any] = {
    "finding": _("Write what was found, or why the question does not arise. A second officer decides by it."),
    "lawyer": _("Write which lawyer answered; it is sealed."),
}
_TYPED = ("result", "confidence", "on", "valid_until")
_TICKED = ("by_lawyer", "exclusion_concern")


class CheckForm(forms.Form):
    """Carries what was there when it was opened, to tell the writer's changes from others'."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput)
    # Set once the sealed half was opened into the form: a mark of what it said, so that nothing is sealed anew unchanged.
    sealed_opened = forms.CharField(widget=forms.HiddenInput, required=False)
    result = forms.ChoiceField(
        label=_("Result"),
        choices=RESULTS.items(),
        widget=forms.RadioSelect,
        help_text=_("Of what the person says, compared with the evidence. It says nothing about guilt."),
    )
    confidence = forms.ChoiceField(
        label=_("How sure are you?"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    on = DayField(label=_("Checked on"), required=True, past=True)
    valid_until = DayField(
        label=_("Valid until"), help_text=_("After this day it has to be checked again. Empty: for good.")
    )
    exclusion_concern = forms.BooleanField(
        label=_("Exclusion concern, referred to a lawyer"),
        required=False,
        help_text=_("An exclusion concern is referred to a lawyer. Nobody here judges it."),
    )
    by_lawyer = forms.BooleanField(
        label=_("Answered by a lawyer"),
        error_messages={
            "required": _("Only a lawyer answers this check. Wait for the answer, then enter it.")
        },
    )
    lawyer = sealed_line(_("Name of the lawyer"))
    finding = forms.CharField(
        label=_("What was found"),
        required=False,
        max_length=LONGEST_FINDING,
        help_text=_("What was looked at, what it shows, where it is kept."),
        widget=forms.Textarea(attrs={"rows": 8, **QUIET}),
    )

    def __init__(self, data: Any = None, *, line: Line, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.line, kind = line, line.kind
        left_out = [
            *(() if kind.about_exclusion else ("exclusion_concern",)),
            *(() if kind.for_lawyer else ("by_lawyer", "lawyer")),
        ]
        for name in left_out:
            del self.fields[name]
        for name in SEALED:
            if name in self.fields:
                self.fields[name].required = not line.sealed_version
                self.fields[name].error_messages["required"] = WANTED[name]

    @staticmethod
    def first_values(line: Line) -> dict[str, Any]:
        """The answer as it is; a new one begins today."""
        clear, days = _as_typed(line), line.kind.valid_days
        today = timezone.localdate()
        ends = typed(today + timedelta(days=days)) if days else ""
        fresh = {} if line.check else {"on": typed(today), "valid_until": ends}
        version = line.check.version if line.check else 0
        return clear | fresh | {"version": version, "opened": signing.dumps(clear)}

    @property
    def is_filled(self) -> bool:
        """Whether the sealed half was opened into this form."""
        return bool(self["sealed_opened"].value())

    def clean_opened(self) -> dict[str, Any]:
        return opened_in(self.cleaned_data["opened"])

    def clean_finding(self) -> str:
        # As it comes back from a form: else what was opened would look changed.
        return "\n".join(self.cleaned_data["finding"].splitlines())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, valid_until = cleaned.get("on"), cleaned.get("valid_until")
        if on and valid_until and valid_until < on:
            self.add_error("valid_until", _("This day lies before the day of the check. Look at both dates."))
        for name in SEALED:
            # What is sealed anew takes the place of both.
            if (
                self._seals_something
                and name in self.fields
                and not (cleaned.get(name) or name in self.errors)
            ):
                self.add_error(name, WANTED[name])
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        known = {name: self.cleaned_data[name] for name in CLEAR if name in self.cleaned_data}
        if "exclusion_concern" in self.fields:
            concern = self.cleaned_data["exclusion_concern"]
            known["referred_to_lawyer_on"] = referred_on(self.line.check, concern)
        return known

    @property
    def new_seal(self) -> dict[str, str] | None:
        """What is to be sealed; None where nothing was written, or what was opened is unchanged."""
        content = {name: self.cleaned_data.get(name, "") for name in SEALED}
        unchanged = self.cleaned_data["sealed_opened"] == mark_of(content)
        return content if self._seals_something and not unchanged else None

    @property
    def _seals_something(self) -> bool:
        opened = self.cleaned_data.get("sealed_opened")
        return bool(opened) or any(self.cleaned_data.get(name) for name in SEALED)

    def merged(self, line: Line) -> "CheckForm":
        """Return the form again: what was typed stays, what only others changed is taken over and said."""
        opened, mine, saved = self.cleaned_data["opened"], self._typed, _as_typed(line)
        data = both(opened, mine, saved)
        data |= {name: self.cleaned_data.get(name, "") for name in (*SEALED, "sealed_opened")}
        data |= {"version": line.check.version if line.check else 0, "opened": signing.dumps(saved)}
        sent = {name: value for name, value in data.items() if value != ""}
        form = CheckForm(sent, line=line)
        form.full_clean()
        tell(form, opened, mine, saved, _saved_said)
        if saved["sealed"] != opened.get("sealed") and self._seals_something:
            form.add_error("finding", SEALED_MEANWHILE)
        return form

    @property
    def _typed(self) -> dict[str, str]:
        clear = {name: typed(self.cleaned_data.get(name)) for name in _TYPED}
        return clear | {name: "on" if self.cleaned_data.get(name) else "" for name in _TICKED}


def mark_of(content: Mapping[str, Any]) -> str:
    """A mark of what is sealed that tells nothing of it."""
    said_in_it = json.dumps(["\n".join(str(content.get(name, "")).strip().splitlines()) for name in SEALED])
    return salted_hmac("vetting.check", said_in_it, algorithm="sha256").hexdigest()


def _as_typed(line: Line) -> dict[str, Any]:
    """The clear half of an answer as the form sends it, and how often something was sealed."""
    check = line.check
    clear = {name: typed(getattr(check, name, None)) for name in _TYPED}
    return clear | {
        "by_lawyer": "on" if check and check.by_lawyer else "",
        "exclusion_concern": "on" if check and check.referred_to_lawyer_on else "",
        "sealed": line.sealed_version,
    }


def _saved_said(name: str, value: str) -> str:
    if name in _TICKED:
        return str(_("yes") if value else _("no"))
    return value if name in ("on", "valid_until") or not value else said(name, value)


def opened_into(typed_already: Mapping[str, Any], content: Mapping[str, Any] | None) -> dict[str, Any]:
    """The sealed half for the form: what was found, and below it what was typed in the meantime."""
    mine = {name: str(typed_already.get(name, "")) for name in SEALED}
    if content is None:
        return mine
    theirs = {name: str(content.get(name, "")) for name in SEALED}
    finding = "\n\n".join(dict.fromkeys(text for text in (theirs["finding"], mine["finding"]) if text))
    lawyer = mine["lawyer"] or theirs["lawyer"]
    return {"finding": finding, "lawyer": lawyer, "sealed_opened": mark_of(content)}
