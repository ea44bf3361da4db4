from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.forms.people import ColleagueField
from cases.staff.models import Team, User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault.models import Safe

READ_OR_WORK = [
    ("read", _("Read: sees the case, changes nothing")),
    ("work", _("Work: also writes notes, tasks and the case file")),
]


class ShareForm(forms.Form):
    whom = forms.ChoiceField(label=_("With whom"))
    to = forms.ChoiceField(
        label=_("What for"), choices=READ_OR_WORK, initial="work", widget=forms.RadioSelect
    )
    open_name = forms.BooleanField(
        label=_("May open the name"),
        required=False,
        help_text=_("For a person only, never for a whole team."),
    )
    open_account = forms.BooleanField(label=_("May open the account of what happened"), required=False)
    until = forms.DateField(
        label=_("As a guest, until"),
        required=False,
        help_text=_("The case and the name close again by themselves after this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self._people = {
            f"person-{user.pk}": user for user in colleagues(who_may=Permission.SEE_CASES, besides=[by])
        }
        self._teams = {f"team-{team.pk}": team for team in Team.objects.all()}
        whom: Any = self.fields["whom"]
        whom.choices = [
            ("", "–"),
            (_("Colleagues"), [(code, user.told_apart) for code, user in self._people.items()]),
            (_("Teams"), [(code, team.name) for code, team in self._teams.items()]),
        ]

    def clean_until(self) -> datetime | None:
        until = self.cleaned_data["until"]
        if until is None:
            return None
        if until < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_team = cleaned.get("whom") in self._teams
        if is_team and (cleaned.get("open_name") or cleaned.get("open_account")):
            self.add_error(
                "open_name", _("Names are opened to people. Share with the team, then with each person.")
            )
        return cleaned

    @property
    def chosen(self) -> User | Team:
        code = self.cleaned_data["whom"]
        return self._people[code] if code in self._people else self._teams[code]

    def safes_of(self, applicant: Applicant) -> list[Safe]:
        """What the colleague is to be able to open."""
        wanted = {"open_name": applicant.identity_safe, "open_account": applicant.account_safe}
        return [safe for name, safe in wanted.items() if self.cleaned_data[name]]


class StopForm(forms.Form):
    """Nothing to fill in: the consequence is read, then the button is pressed."""


class AssignForm(forms.Form):
    owner = ColleagueField(
        label=_("Owner"), help_text=_("Works on the case, and is asked when something is due.")
    )
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("Team"), queryset=None, required=False
    )

    def __init__(self, data: Any = None, *, applicant: Applicant) -> None:
        super().__init__(data, initial={"owner": applicant.owner_id, "team": applicant.team_id})
        owners: Any = self.fields["owner"]
        owners.queryset = colleagues(who_may=Permission.WORK)
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.all()
