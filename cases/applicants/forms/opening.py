from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.applicants.timers import written


class Reason(models.TextChoices):
    """Why a name is opened; what is chosen stands in the audit log."""

    CONTACT = "contact", _("To call or write to the person")
    PAPERS = "papers", _("To fill in or check papers")
    VETTING = "vetting", _("To check who the person was")
    SAME = "same", _("To make sure that it is the same person")
    OTHER = "other", _("Another reason")


class OpenForm(forms.Form):
    only_asks = True
    reason = forms.ChoiceField(label=_("Why do you open it?"), choices=[("", "–"), *Reason.choices])
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=150,
        help_text=_("Without the name: this line is not sealed."),
    )

    def __init__(self, data: Any = None, *, auto_id: str = "open_%s") -> None:
        # Stands beside other forms, and beside others of its own kind where there are several things to open.
        super().__init__(data, auto_id=auto_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say which other reason."))
        return cleaned

    @property
    def why(self) -> str:
        """The reason; empty where none was needed, and none given."""
        if not self.cleaned_data["reason"]:
            return str(self.cleaned_data["words"])
        label = written(Reason(self.cleaned_data["reason"]).label)
        words = self.cleaned_data["words"]
        return f"{label}: {words}" if words else label


class LeaveTextForm(forms.Form):
    reason = forms.CharField(max_length=150)


class AskForm(forms.Form):
    only_asks = True
    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=150,
        help_text=_("Your colleagues read this. Without the name: this line is not sealed."),
    )
