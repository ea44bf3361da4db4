from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import OpenedForm
from cases.vetting.forms.incidents import LinesField
from cases.vetting.models import Unit, UnitKind


class UnitForm(OpenedForm):
    field_order = ("name", "number", "kind", "parent", "spellings")
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As most sources write it: 64th Separate Motorised Rifle Brigade."),
    )
    number = forms.RegexField(
        r"^\d{4,6}$",
        label=_("Number of the military unit"),
        required=False,
        help_text=_("The number alone, like 51460."),
        error_messages={"invalid": _("Write the number alone, without letters: 51460.")},
    )
    kind = forms.ChoiceField(label=_("Size"), choices=UnitKind.choices, initial=UnitKind.OTHER)
    parent = forms.ChoiceField(
        label=_("Part of"),
        required=False,
        help_text=_("An incident of the larger unit is a question for whoever served in its parts, too."),
    )
    spellings = LinesField(
        label=_("Other spellings"),
        longest=200,
        help_text=_(
            "One a line: names of honour, call names, abbreviations. Numbers, alphabets and usual abbreviations are known already."
        ),
    )

    def __init__(self, *args: Any, others: dict[str, Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        parent: Any = self.fields["parent"]
        parent.choices = [("", "–"), *((key, unit.name) for key, unit in others.items())]

    @staticmethod
    def written(unit: Unit) -> dict[str, str]:
        return {
            "name": unit.name,
            "number": unit.number,
            "kind": unit.kind,
            "parent": str(unit.parent_id or ""),
            "spellings": "\n".join(unit.spellings),
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def facts(self) -> dict[str, Any]:
        known = {name: self.cleaned_data[name] for name in ("name", "number", "kind", "spellings")}
        return known | {"parent": self.others.get(self.cleaned_data["parent"])}


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=_("The unit that stays"))

    def __init__(self, *args: Any, others: dict[str, Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        into: Any = self.fields["into"]
        into.choices = [("", "–"), *((key, unit.name) for key, unit in others.items())]

    @property
    def chosen(self) -> Unit:
        return self.others[self.cleaned_data["into"]]
