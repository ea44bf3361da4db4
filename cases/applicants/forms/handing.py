from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.forms.people import ColleagueField
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission


class BetweenForm(forms.Form):
    """From whom, to whom. Only who chooses owners hands over what others have."""

    of = ColleagueField(label=_("From"), help_text=_("Closed accounts that still own cases are here too."))
    to = ColleagueField(label=_("To whom"))

    def __init__(self, data: Any, *, by: User, owners: QuerySet[User]) -> None:
        super().__init__(data, initial={"of": by.pk})
        of: Any = self.fields["of"]
        to: Any = self.fields["to"]
        to.required = of.required = True
        of.empty_label = None
        of.queryset = User.objects.filter(Q(pk=by.pk) | Q(pk__in=owners)).order_by("full_name")
        to.queryset = colleagues(who_may=Permission.WORK).filter(frozen_at=None).order_by("full_name")
        if not by.may(Permission.ASSIGN):
            del self.fields["of"]
        self._by = by

    @property
    def giver(self) -> User:
        chosen: User = self.cleaned_data.get("of") or self._by
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned["to"] == (cleaned.get("of") or self._by):
            self.add_error("to", _("Choose somebody else than who has the cases now."))
        return cleaned


class ChosenForm(forms.Form):
    cases: "forms.ModelMultipleChoiceField[Applicant]" = forms.ModelMultipleChoiceField(
        queryset=None, error_messages={"required": _("Choose at least one case.")}
    )

    def __init__(self, data: Any = None, *, cases: QuerySet[Applicant]) -> None:
        super().__init__(data)
        chosen: Any = self.fields["cases"]
        chosen.queryset = cases
