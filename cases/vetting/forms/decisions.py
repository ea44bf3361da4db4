"""What an officer says about a person: the vote, whether an earlier one still holds, a conflict of interest."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET
from cases.staff.models import User, random_id
from cases.vetting.models import Choice, Conflict

# Confirmed or taken again is sent to one address: what the log of the server keeps does not tell which.
HOLDS = "holds"
_LONGEST = 5000
_SAID = {
    Choice.SUPPORT: _("Support: we vouch for this person towards a government"),
    Choice.NOT_NOW: _("Not now: something is missing or not understood yet"),
    Choice.DECLINE: _("Decline: we do not vouch; help to stay safe goes on"),
}


class _Cast(forms.Form):
    new_id = forms.UUIDField(widget=forms.HiddenInput)
    no_conflict = forms.BooleanField(
        label=_("I have no conflict of interest with this person"),
        help_text=_("Neither relative, partner or friend, nor served together, nor took part in the intake."),
        error_messages={
            "required": _("Without this your vote does not count. Otherwise choose “I know this person”.")
        },
    )

    def __init__(self, data: Any = None, *, auto_id: str) -> None:
        # Two of these stand on one page.
        super().__init__(data, auto_id=auto_id, initial={"new_id": random_id()})


def _reasons(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 5, "data-sealed": "", **QUIET}), **kwargs
    )


class VoteForm(_Cast):
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=_SAID.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reasons = _reasons(
        label=_("Why"),
        help_text=_("Sealed when you vote, locked or not. Your colleagues can read it once it is decided."),
        error_messages={"required": _("Say why you vote so; it is sealed.")},
    )
    field_order = ["new_id", "choice", "reasons", "no_conflict"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="vote_%s")


class HoldsForm(_Cast):
    choice = forms.ChoiceField(choices=[(HOLDS, HOLDS)], widget=forms.HiddenInput, initial=HOLDS)
    reasons = _reasons(
        label=_("Why it still holds"), required=False, help_text=_("What you wrote before stays with it.")
    )
    field_order = ["new_id", "choice", "reasons", "no_conflict"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="holds_%s")
        self.initial["choice"] = HOLDS


class ConflictForm(forms.Form):
    """Offers whom the writer may speak about: oneself, and all officers to who answers for the case."""

    colleague = forms.ChoiceField(label=_("Who"))
    relation = forms.ChoiceField(
        label=_("How they know each other"),
        choices=Conflict.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest.")},
        help_text=_("No more than this is written down: it would tell who the person is."),
    )

    def __init__(self, data: Any = None, *, people: Iterable[User], by: User) -> None:
        super().__init__(data, initial={"colleague": by.pk})
        self._people = {str(person.pk): person for person in people}
        colleague: Any = self.fields["colleague"]
        colleague.choices = [
            (code, _("I myself") if person == by else person.told_apart)
            for code, person in self._people.items()
        ]
        if list(self._people) == [str(by.pk)]:
            colleague.widget = forms.HiddenInput()

    def clean_colleague(self) -> User:
        return self._people[self.cleaned_data["colleague"]]


class EndConflictForm(forms.Form):
    only_asks = True
