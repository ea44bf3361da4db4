from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET
from cases.vetting.screening.pairs import Decision, Pair

DECISIONS: dict[Decision, Promise] = {
    Decision.SAME: _("The same person"),
    Decision.OTHER: _("Not the same person"),
    Decision.UNCLEAR: _("Unclear"),
}


class DecisionForm(forms.Form):
    """Whether somebody on a list is this person. The pair has a number of its own, which tells no entry."""

    pair = forms.CharField(max_length=32, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Is it this person?"),
        choices=[(str(one), label) for one, label in DECISIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you think; “unclear” is an answer too.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("What you compared and with which result. It is sealed with the hit."),
        widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
        error_messages={"required": _("Say why; without a reason a decision is worth nothing later.")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        number = str((data if data is not None else initial or {}).get("pair", ""))[:32]
        mark = "".join(char for char in number if char.isalnum())
        super().__init__(data, initial=initial, auto_id=f"hit-{mark}-%s")
        self.mark = mark

    @classmethod
    def about(cls, pair: Pair) -> "DecisionForm":
        return cls(initial={"pair": pair["id"], "seen": pair["at"], "decision": pair["decision"] or None})
