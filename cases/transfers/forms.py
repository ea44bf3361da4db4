from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.work import known
from cases.disclosures.forms import AskExportForm
from cases.disclosures.models import Form
from cases.disclosures.packing import read_age_key
from cases.staff.models import random_id
from cases.transfers.models import State, Transfer
from cases.transfers.queries import organisations
from cases.transfers.reading import FIELDS
from cases.transfers.refusals import UnknownAgeKey

# Those in which a paper and a table travel together come first.
_FORMS = (
    (Form.ZIP.value, _("a ZIP with the paper, a table and a password (AES-256)")),
    (Form.AGE_KEY.value, _("an age file with both, for the recipient's public key")),
    (Form.PDF.value, _("the paper alone, a PDF with a password (AES-256)")),
)


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    known = known(_("What they have to know"))

    class Meta:
        model = Transfer
        fields = ["provider", "contact", "abroad"]
        help_texts = {
            "abroad": _("Only for a country outside the European Economic Area, for example Kazakhstan.")
        }

    field_order = ["new_id", "provider", "contact", "abroad", "known"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["provider"].queryset = organisations()  # type: ignore[attr-defined]
        self.fields["known"].help_text = _(
            "By pseudonym, without names: this becomes a note of the case and goes into what they are given to read."
        )


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    known = known()

    def __init__(self, data: Any = None, *, transfer: Transfer) -> None:
        super().__init__(data)
        following = [(state, State(state).label) for state in transfer.next_states]
        self.fields["state"].choices = following  # type: ignore[attr-defined]


class PackForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=_("What they are given to read"),
        choices=lambda: list(FIELDS.items()),
        initial=lambda: list(FIELDS),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data, initial={"language": language, "packed_as": Form.ZIP})
        for name in ("packed_as", "age_key", "language"):
            self.fields[name] = copy(AskExportForm.base_fields[name])
        packed_as: Any = self.fields["packed_as"]
        packed_as.choices = _FORMS

    def clean_age_key(self) -> str:
        key: str = self.cleaned_data["age_key"]
        if self.cleaned_data.get("packed_as") == Form.AGE_KEY and read_age_key(key) is None:
            raise forms.ValidationError(str(UnknownAgeKey()))
        return key
