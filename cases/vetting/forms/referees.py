from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import sealed_line
from cases.vetting.forms.entries import EntryForm, sealed_text
from cases.vetting.models import Credibility, Referee, Reliability

State = Referee.State


class RefereeForm(EntryForm):
    entry = Referee
    side_by_side = (("name", "contact"), ("relation", "how_heard"))
    state = forms.ChoiceField(label=_("State"), choices=State.choices, initial=State.NAMED)
    from_group = forms.NullBooleanField(
        label=_("Belongs to the person's group"),
        required=False,
        help_text=_(
            "Those who left together, live together or speak for each other. One of the two must not."
        ),
    )
    knows_others = forms.NullBooleanField(label=_("Knows another referee of this person"), required=False)
    reliability = forms.ChoiceField(
        label=_("How reliable is this person as a source?"),
        choices=[("", "–"), *Reliability.choices],
        required=False,
        help_text=_("Judge the source, whatever was said this time."),
    )
    credibility = forms.ChoiceField(
        label=_("How credible is what was said?"),
        choices=[("", "–"), *Credibility.choices],
        required=False,
        help_text=_("Judge what was said, whoever said it."),
    )
    name = sealed_line(_("Name"))
    contact = sealed_line(_("How to reach"), _("Telephone, messenger, address; and when it is safe."))
    relation = sealed_line(_("Relation to the person"), _("From where, and since when they know each other."))
    how_heard = sealed_line(
        _("How and when heard"), _("By video on 4.11.2026, with whom beside, in which language.")
    )
    said = sealed_text(
        _("What was said"),
        _("As near to the words as you can, then what you make of it."),
        rows=8,
        most=20_000,
    )
    knows_note = sealed_line(_("How they know the other referee"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == State.HEARD:
            for name in ("reliability", "credibility"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Who was heard is judged, too. “Cannot be judged” is an answer."))
        return cleaned
