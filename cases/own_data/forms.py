from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.disclosures.models import Channel
from cases.own_data.models import DataRequest
from cases.staff.models import random_id


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)

    class Meta:
        model = DataRequest
        fields = ["asked_on", "checked"]
        widgets = {
            "asked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "checked": forms.RadioSelect,
        }
        help_texts = {"asked_on": _("The answer is due within one month of this day.")}

    field_order = ["new_id", "asked_on", "checked"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"asked_on": timezone.localdate()})
        checked: Any = self.fields["checked"]
        checked.choices = [(code, capfirst(label)) for code, label in DataRequest.Checked.choices]

    def clean_asked_on(self) -> date:
        day: date = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ExtendForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why it takes longer"),
        help_text=_("Tell the person within the first month, with this reason."),
        choices=[(code, capfirst(label)) for code, label in DataRequest.Extension.choices],
        widget=forms.RadioSelect,
    )


class HandOutForm(forms.Form):
    only_asks = True
    channel = forms.ChoiceField(label=_("How it reaches them"), choices=Channel.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": (get_language() or "en")[:2]}, auto_id="copy_%s")
