from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.desk.deadlines.kinds import choices
from cases.desk.deadlines.queries import in_charge
from cases.staff.models import User


class DeadlinesForm(forms.Form):
    """Choices only: the filter stands in the address."""

    show = forms.ChoiceField(required=False, choices=[("", ""), ("team", "")], widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    owner = forms.ModelChoiceField(
        label=_("In charge"), required=False, queryset=User.objects.none(), empty_label=_("Everybody")
    )

    def __init__(self, data: Any, *, viewer: User) -> None:
        super().__init__(data)
        kind: Any = self.fields["kind"]
        owner: Any = self.fields["owner"]
        kind.choices, owner.queryset = choices(), in_charge(viewer)
        if data.get("show") != "team":
            del self.fields["owner"]
