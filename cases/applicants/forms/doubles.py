from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.doubles import Half
from cases.applicants.models import Applicant
from cases.applicants.queries import find_by_pseudonym
from cases.staff.models import User


class MergeForm(forms.Form):
    kept = forms.ChoiceField(
        label=_("Under which pseudonym does it go on?"),
        widget=forms.RadioSelect,
        help_text=_("Choose the case in which more was done. The other one ends and stays readable."),
    )

    def __init__(self, data: Any = None, *, halves: Sequence[Half]) -> None:
        super().__init__(data)
        self._cases = {str(half.applicant.pk): half.applicant for half in halves}
        kept: Any = self.fields["kept"]
        kept.choices = [(code, one.pseudonym) for code, one in self._cases.items()]

    @property
    def chosen(self) -> tuple[Applicant, Applicant]:
        """The case that remains, and the one that ends."""
        kept = self._cases[self.cleaned_data["kept"]]
        return kept, next(one for one in self._cases.values() if one != kept)


class PairForm(forms.Form):
    pseudonym = forms.CharField(
        label=_("Pseudonym of the other case"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self._by = by

    def clean_pseudonym(self) -> Applicant:
        found = find_by_pseudonym(self._by, self.cleaned_data["pseudonym"])
        if found is None:
            raise forms.ValidationError(_("No case that you work on has this pseudonym."))
        return found
