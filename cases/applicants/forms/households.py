from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Membership
from cases.applicants.queries import Kin, find_by_pseudonym
from cases.staff.models import User

KINSHIPS = [choice for choice in Membership.Kinship.choices if choice[0] != Membership.Kinship.PRINCIPAL]


class HouseholdForm(forms.Form):
    pseudonym = forms.CharField(
        label=_("Pseudonym of the other person"),
        max_length=40,
        help_text=_("The one whose household this person joins, for example the principal applicant."),
        widget=forms.TextInput(attrs={"list": "cases-to-join", "autocomplete": "off", "spellcheck": "false"}),
    )
    kinship = forms.ChoiceField(
        label=_("Belongs as"),
        choices=KINSHIPS,
    )
    has_certificate = forms.NullBooleanField(
        label=_("A certificate proves it"),
        required=False,
        help_text=_("A partner without a certificate can be declared with other evidence."),
    )
    travels_with = forms.BooleanField(
        label=_("Travels with the principal applicant"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, by: User, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self._by = by

    def clean_pseudonym(self) -> Applicant:
        found = find_by_pseudonym(self._by, self.cleaned_data["pseudonym"])
        if found is None:
            raise forms.ValidationError(_("No case that you work on has this pseudonym."))
        return found


class BelongsForm(forms.ModelForm):  # type: ignore[type-arg]
    """As what somebody belongs to the household."""

    class Meta:
        model = Membership
        fields = ["kinship", "has_certificate"]
        widgets = {"has_certificate": forms.NullBooleanSelect}

    def __init__(self, data: Any = None, *, mine: Membership) -> None:
        super().__init__(data, instance=mine)
        self.fields["kinship"].choices = KINSHIPS  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    along = forms.MultipleChoiceField(
        label=_("Who leaves with this person"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They make a household of their own. Nobody ticked: this person goes alone."),
    )
    principal = forms.ChoiceField(
        label=_("Principal applicant of those who stay"),
        required=False,
        help_text=_("Only where the present one leaves, and two or more stay."),
    )

    def __init__(self, data: Any = None, *, kin: Kin) -> None:
        super().__init__(data)
        others = [(str(one.applicant_id), one.applicant.pseudonym) for one in kin.others]
        self.fields["along"].choices = others  # type: ignore[attr-defined]
        self.fields["principal"].choices = [("", "—"), *others]  # type: ignore[attr-defined]
        members = len(others) + kin.hidden
        leads = kin.mine is not None and kin.mine.kinship == Membership.Kinship.PRINCIPAL
        # Of two people, whoever goes leaves the other alone: there is nothing to ask.
        if members < 2:
            del self.fields["along"]
        if members < 2 or not (leads or any(one.kinship == "principal" for one in kin.others)):
            del self.fields["principal"]

    def clean_along(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["along"]]

    def clean_principal(self) -> UUID | None:
        chosen = self.cleaned_data["principal"]
        return UUID(chosen) if chosen else None
