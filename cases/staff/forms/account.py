from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.staff.forms.people import ColleagueField
from cases.staff.models import Notices, User
from cases.staff.queries import colleagues, full_name_taken
from cases.staff.refusals import FullNameTaken, NoAddress

NEAR = [
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Warsaw",
    "Europe/Istanbul",
    "Europe/Belgrade",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Almaty",
    "Asia/Bishkek",
]


@cache
def _zones() -> list[str]:
    """Places only: names like `Etc/GMT+3` or `EST` say little to people."""
    return sorted(it for it in available_timezones() if "/" in it and not it.startswith(("Etc/", "SystemV/")))


def _zone_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    return [
        (_("Often used"), [(zone, _spoken(zone)) for zone in NEAR]),
        (_("All"), [(zone, _spoken(zone)) for zone in _zones() if zone not in NEAR]),
    ]


def _spoken(zone: str) -> str:
    return zone.replace("_", " ").replace("/", " – ")


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zone_choices)

    class Meta:
        model = User
        fields = ["full_name", "email", "language", "time_zone"]
        labels = {"full_name": _("Name shown to colleagues"), "email": _("E-mail"), "language": _("Language")}

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if name != self.instance.full_name and full_name_taken(name, besides=self.instance):
            raise forms.ValidationError(str(FullNameTaken()))
        return name


class AwayForm(forms.Form):
    until = forms.DateField(
        label=_("Away until"),
        help_text=_("The last day you are away. Leave it empty when you are back."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    deputy = ColleagueField(
        label=_("Deputy"),
        help_text=_("Who takes what waits for you. Your deputy can open only the names given to them."),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        initial = {"until": user.away_until, "deputy": user.deputy_id}
        super().__init__(data, initial=initial)
        self.fields["deputy"].queryset = colleagues(besides=[user])  # type: ignore[attr-defined]


class NoticesForm(forms.Form):
    notices = forms.ChoiceField(
        label=_("When something waits for you, a mail says so"),
        help_text=_("It says only how many things wait, with a link: no name, no case, no colleague."),
        choices=Notices.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"notices": user.notice_pace})
        self._user = user

    def clean_notices(self) -> str:
        chosen = str(self.cleaned_data["notices"])
        if chosen != Notices.OFF and not self._user.email:
            raise forms.ValidationError(str(NoAddress()))
        return chosen
