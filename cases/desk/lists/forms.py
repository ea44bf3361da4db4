from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.desk.columns import listable_columns, listed_columns
from cases.desk.models import SavedFilter
from cases.staff.models import Team, User
from cases.staff.queries import teams_of


class SaveFilterForm(forms.ModelForm):  # type: ignore[type-arg]
    first = forms.BooleanField(
        label=_("The list opens with it"),
        required=False,
        help_text=_("For you alone, each time you go to the cases."),
    )

    class Meta:
        model = SavedFilter
        fields = ["name", "team"]
        labels = {"name": _("What to call it"), "team": _("For whom")}
        help_texts = {"name": _("For example: Waiting in Almaty. Never the name of a person.")}

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        team: Any = self.fields["team"]
        team.queryset = teams_of(by)
        team.empty_label = _("For me alone")
        # Read by the label: whom it is for is answered either way.
        team.needed_at_times = True

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    @property
    def wanted(self) -> "dict[str, str | bool | Team | None]":
        return {name: self.cleaned_data[name] for name in ("name", "team", "first")}


class ColumnsForm(forms.Form):
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The pseudonym always stands in front. On a phone each case becomes a card with the same facts."
        ),
    )

    def __init__(self, data: Any = None, *, chosen: list[str]) -> None:
        shown = [column.name for column in listed_columns(chosen)]
        super().__init__(data, initial={"columns": shown})
        columns: Any = self.fields["columns"]
        columns.choices = [
            (column.name, column.label) for column in listable_columns() if column.name != "pseudonym"
        ]
