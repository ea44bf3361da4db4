"""Forms clean what was typed and save nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.queries import applicants_for
from cases.disclosures.models import Export
from cases.relocation.forms.governments import day_input, new_id
from cases.relocation.models import Inquiry, Reason, Submission, SubmittedPerson
from cases.staff.models import User


class PastDay(forms.DateField):
    """A day that has come already, today unless said otherwise."""

    widget = day_input()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=timezone.localdate, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if isinstance(day, date) and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class FreezeForm(forms.Form):
    new_id = new_id()


class HandInForm(forms.Form):
    only_asks = True
    on = PastDay(label=_("Handed in on"))


class ReceiptForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Submission
        fields = ["receipt", "receipt_on"]
        widgets = {"receipt_on": day_input()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("receipt") and not cleaned.get("receipt_on"):
            self.add_error("receipt", _("Write the number or the day."))
        return cleaned


class AnswerForm(forms.Form):
    only_asks = True
    answer = forms.ChoiceField(
        label=_("Answer for this person"),
        choices=[one for one in SubmittedPerson.Answer.choices if one[0] != "waiting"],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Why they refuse"),
        choices=[("", "—"), *Reason.choices],
        required=False,
        help_text=_("Only of a refusal. It goes into the figures, never beside a name."),
    )
    on = PastDay(label=_("Day of the answer"))

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        refused = clean.get("answer") == SubmittedPerson.Answer.REFUSED
        if refused and not clean.get("reason"):
            self.add_error("reason", _("Say why, as far as they said so."))
        if not refused:
            clean["reason"] = ""
        return clean


class InquiryForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = new_id()

    class Meta:
        model = Inquiry
        fields = ["applicant", "asked_on", "due_on", "question"]
        widgets = {
            "asked_on": day_input(),
            "due_on": day_input(),
            "question": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = ["new_id", *Meta.fields]

    def __init__(self, data: Any = None, *, submission: Submission, by: User) -> None:
        super().__init__(data, initial={"asked_on": timezone.localdate()})
        people = applicants_for(by, "work").filter(submitted__submission=submission)
        applicant: Any = self.fields["applicant"]
        applicant.queryset, applicant.empty_label = people.order_by("pseudonym"), _("all of them")
        self.fields["question"].help_text = _("By pseudonym, without names: this line is not sealed.")

    def clean_asked_on(self) -> Any:
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked, due = cleaned.get("asked_on"), cleaned.get("due_on")
        if asked and due and due < asked:
            self.add_error("due_on", _("This is before the question was asked."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReplyForm(forms.Form):
    answer = forms.CharField(
        label=_("Our answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("By pseudonym, without names: this line is not sealed."),
    )


class AnnexForm(forms.Form):
    only_asks = True
    export = forms.ChoiceField(label=_("Which export with names"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, exports: list[Export]) -> None:
        super().__init__(data)
        field: Any = self.fields["export"]
        field.choices = [
            (str(one.pk), f"{one.organisation}, {one.recipient}: {one.state.label}") for one in exports
        ]
