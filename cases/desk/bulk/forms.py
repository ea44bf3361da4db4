"""What is wished for many cases at once. Nothing chosen leaves a thing as it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sharing import ShareForm
from cases.applicants.forms.work import NOT_SEALED, STAYS
from cases.applicants.models import Applicant
from cases.applicants.stages import ENDINGS, Stage, transitions_from
from cases.staff.forms.people import ColleagueField
from cases.staff.models import Team, User, random_id
from cases.staff.queries import colleagues, teams
from cases.staff.roles import Permission


class AssignManyForm(forms.Form):
    owner = ColleagueField(label=_("Owner"), empty_label=_("As it is"))
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("Team"), queryset=None, required=False, empty_label=_("As it is")
    )

    def __init__(self, data: Any = None, *, cases: Iterable[Applicant], by: User) -> None:
        super().__init__(data)
        owner, team = self.fields["owner"], self.fields["team"]
        owner.queryset, team.queryset = colleagues(who_may=Permission.WORK), teams()  # type: ignore[attr-defined]
        for field in (owner, team):
            # Read by the label, which would say "optional" otherwise.
            field.needed_at_times = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose an owner, a team or both."))
        return cleaned


class ShareManyForm(ShareForm):
    def __init__(self, data: Any = None, *, cases: Iterable[Applicant], by: User) -> None:
        super().__init__(data, by=by)


class TaskManyForm(forms.Form):
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    title = forms.CharField(label=_("What is to be done"), max_length=200, help_text=NOT_SEALED)
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner = ColleagueField(label=_("Who does it"), empty_label=_("The owner of each case"))

    def __init__(self, data: Any = None, *, cases: Iterable[Applicant], by: User) -> None:
        super().__init__(data)
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues(who_may=Permission.WORK)
        owner.needed_at_times = True


class StageManyForm(forms.Form):
    target = forms.ChoiceField(label=_("To which stage?"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300, help_text=STAYS)

    def __init__(self, data: Any = None, *, cases: Iterable[Applicant], by: User) -> None:
        super().__init__(data)
        targets = {way.target for stage in {one.stage for one in cases} for way in transitions_from(stage)}
        onward = [(stage.value, stage.label) for stage in Stage if stage in targets - ENDINGS]
        endings = [(stage.value, stage.label) for stage in Stage if stage in targets & ENDINGS]
        target: Any = self.fields["target"]
        target.choices = [("", "–"), *onward, *([(_("The case ends"), endings)] if endings else [])]
