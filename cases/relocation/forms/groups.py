"""Forms clean what was typed and save nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.names.leaks import find_shapes
from cases.relocation.forms.governments import new_id
from cases.relocation.models import Group
from cases.relocation.operations.groups import APART, WHOLE
from cases.relocation.queries.governments import governments
from cases.relocation.queries.groups import MOST_OFFERED, can_be_added
from cases.relocation.queries.households import Torn
from cases.staff.models import User


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = new_id()

    class Meta:
        model = Group
        fields = ["name", "government"]

    field_order = ["new_id", *Meta.fields]

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        government: Any = self.fields["government"]
        government.queryset, government.empty_label = governments().order_by("country", "name"), "–"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if find_shapes(name):
            raise forms.ValidationError(_("This may tell who somebody is. Name the group by place and time."))
        return name


class HouseholdForm(forms.Form):
    """`torn` is filled when a household would be torn apart; one of two buttons then answers `households`."""

    only_asks = True
    households = forms.ChoiceField(
        choices=[("", ""), (WHOLE, ""), (APART, "")], required=False, widget=forms.HiddenInput
    )
    torn: Sequence[Torn] = ()


class AddPeopleForm(HouseholdForm):
    people: "forms.ModelMultipleChoiceField[Applicant]" = forms.ModelMultipleChoiceField(
        label=_("Who"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, data: Any = None, *, group: Group, by: User, wanted: str = "") -> None:
        super().__init__(data)
        people: Any = self.fields["people"]
        # What was chosen stays valid whatever was searched for since.
        offered = can_be_added(group, by, "" if data else wanted)
        people.queryset = offered
        people.label_from_instance = lambda one: (
            f"{one.pseudonym} · {one.get_category_display()} · {one.get_stage_display()}"
        )
        if data is None:
            people.choices = [(one.pk, people.label_from_instance(one)) for one in offered[:MOST_OFFERED]]
