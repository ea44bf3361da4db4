from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.work import known
from cases.applicants.languages import LANGUAGES
from cases.needs.models import Need, NeedKind, Provider, Referral
from cases.needs.queries import kinds, providers_for
from cases.staff.models import random_id


def _new_id() -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, initial=random_id)


class NeedForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = _new_id()
    known = known()

    class Meta:
        model = Need
        fields = ["kind", "urgency", "since"]
        widgets = {"since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["new_id", "kind", "urgency", "since", "known"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"since": timezone.localdate(), "urgency": Need.Urgency.SOON})
        self.fields["kind"].queryset = kinds()  # type: ignore[attr-defined]

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=Need.Outcome.choices, widget=forms.RadioSelect
    )
    known = known()


class OfferForm(forms.Form):
    new_id = _new_id()
    provider: "forms.ModelChoiceField[Provider]" = forms.ModelChoiceField(
        label=_("Provider"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, data: Any = None, *, need: Need) -> None:
        super().__init__(data)
        self.fields["provider"].queryset = providers_for(need)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    known = known()

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data)
        following = [(state, Referral.State(state).label) for state in referral.next_states]
        self.fields["state"].choices = following  # type: ignore[attr-defined]


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = _new_id()
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken there"),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Provider
        fields = ["name", "country", "place", "reached_by", "languages", "remarks"]
        widgets = {"remarks": forms.Textarea(attrs={"rows": 3})}

    kinds: "forms.ModelMultipleChoiceField[NeedKind]" = forms.ModelMultipleChoiceField(
        label=_("What they give"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["new_id", "name", "kinds", "country", "place", "reached_by", "languages", "remarks"]

    def __init__(self, data: Any = None, *, provider: Provider | None = None) -> None:
        given = list(provider.kinds.all()) if provider else []
        super().__init__(data, instance=provider, initial={"kinds": given})
        self.fields["kinds"].queryset = kinds()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
