from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.staff.forms.people import PeopleField
from cases.staff.models import Team
from cases.staff.queries import colleagues, teams
from cases.staff.roles import Permission, Role

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Use small letters a to z, digits, dots and dashes."))


def end_of(day: date | None) -> datetime | None:
    """The moment at which the last day is over, where the reader is."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class LastDayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=_("Last day"), required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        return end_of(super().clean(value))


class InviteForm(forms.Form):
    full_name = forms.CharField(label=_("Name shown to colleagues"), max_length=120)
    username = forms.CharField(
        label=_("User name"),
        help_text=_("What the colleague types when logging in, for example a first name."),
        max_length=60,
        validators=[USERNAME],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"), choices=Role.choices, coerce=Role, widget=forms.CheckboxSelectMultiple
    )
    expires_at = LastDayField(help_text=_("For a guest: the roles end after this day."))
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = teams()  # type: ignore[attr-defined]

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())


class GiveRoleForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)
    expires_at = LastDayField(help_text=_("Leave it empty for a role without an end."))


class TeamNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=80)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class TeamForm(TeamNameForm):
    members = PeopleField(
        label=_("Members"), help_text=_("They see and work on the cases shared with the team.")
    )
    holders = PeopleField(
        label=_("Name holders"),
        help_text=_("They can open the names of people registered for this team from now on; at least two."),
    )

    def __init__(self, data: Any = None, *, team: Team) -> None:
        initial = {"name": team.name, "members": team.members, "holders": team.holders.all()}
        super().__init__(data, initial=initial)
        self.fields["members"].queryset = colleagues()  # type: ignore[attr-defined]
        self.fields["holders"].queryset = colleagues(who_may=Permission.USE_VAULT)  # type: ignore[attr-defined]
