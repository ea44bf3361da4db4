"""Forms of a question to the person. Everything that is written into them is sealed, but the kind and how it ended."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.documents.forms.days import DayField
from cases.vetting.models import Question

LONGEST = 5000


def _sealed_text(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, **QUIET}),
    )


class AskForm(forms.Form):
    # The id of the question to come makes a repeated sending harmless.
    new_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Question.Kind.CONTRADICTION, _("Two statements that do not fit together")),
            (Question.Kind.OTHER, _("Something else to be asked")),
        ],
        widget=forms.RadioSelect,
    )
    about = _sealed_text(
        _("What is to be asked?"), _("As one would ask the person: openly, without the answer in it."), rows=3
    )
    statement_1 = _sealed_text(_("One statement"), required=False, rows=3)
    source_1 = sealed_line(_("Where it comes from"), _("For example: first interview, a paper, a referee."))
    statement_2 = _sealed_text(_("The other statement"), required=False, rows=3)
    source_2 = sealed_line(_("Where that comes from"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        contradiction = cleaned.get("kind") == Question.Kind.CONTRADICTION
        for number in ("1", "2"):
            statement, source = cleaned.get(f"statement_{number}"), cleaned.get(f"source_{number}")
            if contradiction and not statement and f"statement_{number}" not in self.errors:
                self.add_error(
                    f"statement_{number}", _("A contradiction has two sides: write down both statements.")
                )
            if statement and not source and f"source_{number}" not in self.errors:
                self.add_error(f"source_{number}", _("Say where this statement comes from."))
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        clean = self.cleaned_data
        sides = [(clean[f"statement_{number}"], clean[f"source_{number}"]) for number in ("1", "2")]
        statements = [{"text": text, "source": source} for text, source in sides if text]
        return {"about": clean["about"], "statements": statements}


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("On which day did the person answer?"), required=True, past=True)
    asked_by = sealed_line(_("Who asked, and how?"), _("For example: Vera, by video call."), required=True)
    answer = _sealed_text(
        _("What the person said"), _("In the person's own words, as far as you can."), rows=6
    )

    def within(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What is sealed of the question, and this answer below those that were given before."""
        clean = self.cleaned_data
        answer = {"on": clean["on"].isoformat(), "asked_by": clean["asked_by"], "text": clean["answer"]}
        return {**content, "answers": [*content.get("answers", []), answer]}


class SettleForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How did it end?"), choices=Question.Outcome.choices, widget=forms.RadioSelect
    )
    assessment = _sealed_text(
        _("Our assessment"), _("Why we see it so. It is sealed with the question."), required=False
    )

    def within(self, content: Mapping[str, Any]) -> dict[str, Any]:
        assessment = {"on": timezone.localdate().isoformat(), "text": self.cleaned_data["assessment"]}
        return {**content, "assessments": [*content.get("assessments", []), assessment]}
