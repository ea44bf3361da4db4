from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.asylum.models import Claim, Ground, Result, SetDate, StepKind, Track
from cases.asylum.steps import DECISIONS
from cases.documents.forms.days import DayField
from cases.staff.models import random_id

_DAY_HINT = _("Day, month and year: 4.11.2026.")


def _why(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("By pseudonym, without names: this becomes a note of the case, which is not sealed."),
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _minors(minors: list[Applicant]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Minors attached to this claim"),
        help_text=_("Children under 18 of the household; a partner has a claim of their own."),
        choices=[(str(one.pk), one.pseudonym) for one in minors],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class OpenForm(forms.Form):
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    track = forms.ChoiceField(
        label=_("Kind of procedure"),
        choices=Track.choices,
        initial=Track.STANDARD,
        widget=forms.RadioSelect,
        help_text=_("As far as it is known; it can be changed."),
    )


class MinorsForm(forms.Form):
    def __init__(self, data: Any = None, *, minors: list[Applicant]) -> None:
        super().__init__(data)
        self.known = {str(one.pk): one for one in minors}
        self.fields["minors"] = _minors(minors)

    @property
    def chosen(self) -> list[Applicant]:
        return [self.known[key] for key in self.cleaned_data["minors"]]


class StepForm(forms.Form):
    """Only what can follow now is offered; what needs an earlier step comes with it."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    kind = forms.ChoiceField(label=_("What happened"))
    on = DayField(
        label=_("Day"),
        help_text=_(
            "Of a decision: the day on which the person received it. Of an appointment: the day on which it took place."
        ),
        required=True,
        past=True,
    )
    result = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", "—"), *Result.choices],
        required=False,
        help_text=_("Only with a decision."),
    )

    ground = forms.ChoiceField(
        label=_("Why it was rejected"),
        choices=[("", "—"), *Ground.choices],
        required=False,
        help_text=_(
            "Only with a rejection, as the decision says. It goes into the figures, never beside a name."
        ),
    )

    def __init__(self, data: Any = None, *, possible: list[StepKind]) -> None:
        super().__init__(data)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "—"), *((one.value, one.label) for one in possible)]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        decides = clean.get("kind") in DECISIONS
        if decides and not clean.get("result"):
            self.add_error("result", _("Say what was decided."))
        if not decides:
            clean["result"] = ""
        rejected = clean.get("result") == Result.REJECTED
        if rejected and not clean.get("ground"):
            self.add_error("ground", _("Say why, as far as the decision does."))
        if not rejected:
            clean["ground"] = ""
        return clean


class LawForm(forms.ModelForm):  # type: ignore[type-arg]
    why = _why(_("Why"), required=True)

    class Meta:
        model = Claim
        fields = ["procedure", "responsibility", "track"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("procedure", "responsibility"):
            law: Any = self.fields[name]
            law.choices = [("", _("unknown")), *list(law.choices)[1:]]


class DateForm(forms.Form):
    due_on = DayField(label=_("Last day"), help_text=_DAY_HINT, required=True)
    basis = forms.ChoiceField(
        label=_("Where the day comes from"), choices=SetDate.Basis.choices, widget=forms.RadioSelect
    )
    why = _why(_("Remark"), required=False)

    def __init__(self, data: Any = None, *, moves: bool) -> None:
        super().__init__(data)
        if moves:
            self.fields["why"].label = _("Why the day is moved")
            self.fields["why"].required = True
