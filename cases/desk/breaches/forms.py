from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.desk.models import Breach

NO_NAMES = _("Without names: it is not sealed.")


class MomentField(forms.DateTimeField):
    """A moment in the reader's time zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


def _minute(at: datetime) -> datetime:
    return timezone.localtime(at).replace(second=0, microsecond=0)


class DeviceForm(forms.Form):
    what = forms.CharField(label=_("What is lost, and where"), max_length=150, help_text=NO_NAMES)


class NoticedForm(forms.Form):
    at = MomentField(
        label=_("Noticed at"),
        help_text=_("When somebody in the organisation first knew. Never later than now written."),
    )
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=NO_NAMES)

    def __init__(self, data: Any = None, *, breach: Breach) -> None:
        super().__init__(data, initial={"at": _minute(breach.noticed_at)})


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Breach.Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on the page for the authority. Without names: it is not sealed."),
    )

    def __init__(self, data: Any = None, *, breach: Breach) -> None:
        super().__init__(data, initial={"decision": breach.decision, "reason": breach.decision_reason})


class NoticeForm(forms.Form):
    at = MomentField(label=_("Notified at"))
    reference = forms.CharField(label=_("Reference number"), max_length=80, required=False)


class WarnedForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        max_length=150,
        required=False,
        help_text=_("For example: reached by telephone, changes the flat. Without names: it is not sealed."),
    )
