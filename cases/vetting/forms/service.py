"""The form of an entry of the service record. Which facts it asks for depends on the kind; nearly all may stay empty."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.vetting.forms.days import VagueDayField, typed_day
from cases.vetting.models import Account, EntryKind, Mistake
from cases.vetting.service_words import CHOICES, DAYS, LABELS
from cases.vetting.spans import first_day, last_day

_AS_KNOWN = _("4.11.1999. Where only the month or the year is known: 11.1999 or 1999.")
_LONG = {"unit_spellings": 2, "route": 3, "says": 4, "sentence": 2, "note": 3}
_HINTS: dict[tuple[EntryKind, str], Any] = {
    (EntryKind.PERIOD, "from"): _AS_KNOWN,
    (EntryKind.PERIOD, "to"): _("Empty: not known."),
    (EntryKind.PERIOD, "unit_number"): _("Five digits, like 51460 or 51460-A."),
    (EntryKind.PERIOD, "unit_name"): _("As it was said or is printed, in any alphabet."),
    (EntryKind.PERIOD, "unit_spellings"): _("What else the unit is called; one a line."),
    (EntryKind.PERIOD, "place"): _("Where the person was, not where the unit is registered."),
    (EntryKind.PERIOD, "role"): _("For example: driver, signals, kitchen, drones."),
    (EntryKind.CALL_UP, "on"): _AS_KNOWN,
    (EntryKind.CALL_UP, "by_whom"): _("The military office, as far as it is known."),
    (EntryKind.LEAVING, "on"): _AS_KNOWN,
    (EntryKind.LEAVING, "route"): _("Countries and means; nobody's name who helped."),
    (EntryKind.REFUSAL, "on"): _AS_KNOWN,
    (EntryKind.CHARGE, "on"): _("Of this stage. 4.11.1999, 11.1999 or 1999."),
    (EntryKind.CHARGE, "part"): _("For example: 3, or 2.1."),
    (EntryKind.CHARGE, "article_other"): _("Only where it is not in the list."),
}


class EntryForm(forms.Form):
    def __init__(self, data: Any = None, *, kind: EntryKind, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.entry_kind = kind
        self.fields |= {name: _field(kind, name) for name in LABELS[kind]}

    @classmethod
    def again(cls, typed: Mapping[str, Any], *, kind: EntryKind, filled: Mapping[str, Any] = {}) -> Self:
        """The form once more with everything that was typed, unchecked, and what is `filled` in meanwhile."""
        names = [*cls.base_fields, *LABELS[kind]]
        return cls(kind=kind, initial={name: typed[name] for name in names if name in typed} | dict(filled))

    @property
    def facts(self) -> list[forms.BoundField]:
        return [self[name] for name in LABELS[self.entry_kind]]

    @property
    def content(self) -> dict[str, Any]:
        """What is sealed."""
        return {name: self._sealed(name) for name in LABELS[self.entry_kind]}

    def _sealed(self, name: str) -> Any:
        value = self.cleaned_data.get(name, "")
        return (
            [line for one in value.splitlines() if (line := one.strip())]
            if name == "unit_spellings"
            else value
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(self.content.values()):
            raise forms.ValidationError(_("Fill in at least one of the fields."))
        begins, ends = first_day(cleaned.get("from") or ""), last_day(cleaned.get("to") or "")
        if begins and ends and ends < begins:
            self.add_error("to", _("This day lies before the first one. Look at both dates."))
        return cleaned


class AddEntryForm(EntryForm):
    # The id of the entry to come makes a repeated sending harmless.
    new_id = forms.UUIDField(widget=forms.HiddenInput)
    account = forms.ChoiceField(
        label=_("Where does it belong?"),
        choices=Account.choices,
        initial=Account.OWN,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What is it about?"), choices=EntryKind.choices)


class EditEntryForm(EntryForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def at(self, version: int) -> "EditEntryForm":
        """The same form again, as if it had been opened at `version`."""
        typed = {name: str(self.data.get(name, "")) for name in LABELS[self.entry_kind]}
        return EditEntryForm(typed | {"version": version}, kind=self.entry_kind)


class StrikeEntryForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Mistake.choices, widget=forms.RadioSelect)


def values_of(content: Mapping[str, Any]) -> dict[str, str]:
    """A sealed entry as the form sends it."""
    return {
        name: "\n".join(value)
        if isinstance(value, list)
        else typed_day(str(value))
        if name in DAYS
        else str(value or "")
        for name, value in content.items()
    }


def _field(kind: EntryKind, name: str) -> Any:
    label, hint = LABELS[kind][name], _HINTS.get((kind, name), "")
    field: Any
    if name in DAYS:
        field = VagueDayField(label=label, help_text=hint)
    elif (kind, name) in CHOICES:
        choices = [("", "–"), *CHOICES[kind, name].choices]
        field = forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)
    elif name in _LONG:
        area = forms.Textarea(attrs={"rows": _LONG[name], **QUIET})
        field = forms.CharField(label=label, help_text=hint, required=False, max_length=2000, widget=area)
    else:
        field = sealed_line(label, hint)
    # That nearly all may stay empty is said once, above them.
    field.needed_at_times = True
    return field
