from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.staff.barring import present
from cases.staff.forms.people import ColleagueField
from cases.staff.models import Freeze, User
from cases.staff.queries import colleagues

NO_NAMES = _("Colleagues read this. Without names of the people you help: it is not sealed.")


class FreezeForm(forms.Form):
    user = ColleagueField(label=_("Whose account"), help_text=_("You can choose yourself, too."))
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=Freeze.Kind.choices,
        widget=forms.RadioSelect,
        initial=Freeze.Kind.LOST,
    )
    reason = forms.CharField(label=_("In a few words"), max_length=150, help_text=NO_NAMES)

    def __init__(self, data: Any = None, *, whom: str = "") -> None:
        super().__init__(data, initial={"user": whom} if whom.isdecimal() else None)
        self.fields["user"].queryset = colleagues().filter(frozen_at=None)  # type: ignore[attr-defined]
        self.fields["user"].required = True


class LiftForm(forms.Form):
    only_asks = True
    reason = forms.CharField(
        label=_("Why can this colleague be let in again?"), max_length=150, help_text=NO_NAMES
    )


class VoiceForm(forms.Form):
    only_asks = True
    heard = forms.BooleanField(
        label=_("I have heard the voice of this colleague, who spoke freely"),
        error_messages={
            "required": _("Call first: a message can be written by anybody who holds the telephone.")
        },
    )


class LossForm(forms.Form):
    only_asks = True
    sure = forms.BooleanField(
        label=_("The keys of this colleague may be in other hands"),
        error_messages={"required": _("Tick this, or leave the account frozen as it is.")},
    )


class TravelForm(forms.Form):
    deputy = ColleagueField(
        label=_("Deputy"),
        help_text=_("Sees your tasks and deadlines, of the cases that the deputy sees anyway."),
    )
    until = forms.DateField(
        label=_("Back on"),
        required=False,
        help_text=_("Colleagues see it. The login does not come back by itself on this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.fields["deputy"].queryset = present().exclude(pk=user.pk)  # type: ignore[attr-defined]
        self.fields["deputy"].required = True
