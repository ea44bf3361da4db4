"""The form of a paper. Which fields it has depends on the type, so it is made anew when a type is chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import SEALED_MEANWHILE, both, opened_in, tell
from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.applicants.reading import sealed_version
from cases.documents.checks import INTERNAL, WITH_CHIP, WITHOUT_CHIP
from cases.documents.forms.days import DayField, written
from cases.documents.history_words import said
from cases.documents.models import Document, DocumentType, Zone
from cases.documents.operations.held import CLEAR, SEALED
from cases.documents.queries.held import grouped

Role = DocumentType.Role
LONGEST_ZONE = 2000
CHIPS = {WITHOUT_CHIP: False, WITH_CHIP: True}
_ONLY_FOR: dict[str, tuple[str, ...]] = {
    "blank_pages": (Role.TRAVEL,),
    "chip": (Role.TRAVEL,),
    "destination": (Role.VISA, Role.SINGLE),
}
# A number without a paper is neither issued for a time nor kept anywhere.
_NOT_FOR_NUMBERS = ("issued_on", "expires_on", "whereabouts", "authority", "surname", "given_names")


def _model_field(name: str, **kwargs: Any) -> Any:
    field: Any = Document._meta.get_field(name)
    return field.formfield(**kwargs)


class PaperForm(forms.Form):
    type = forms.ChoiceField(
        label=_("Type of paper"), help_text=_("What is printed on the cover or in the heading.")
    )
    status = _model_field("status")
    country = _model_field("country")
    issued_on = DayField(label=_("Issued on"), help_text=_("Day, month and year: 4.11.1999."))
    expires_on = DayField(label=_("Expires on"), help_text=_("Leave it empty where the paper says nothing."))
    chip = forms.NullBooleanField(
        label=_("Has a chip"),
        required=False,
        help_text=_("A passport with a chip shows a small camera sign on the cover."),
    )
    blank_pages = _model_field("blank_pages", max_value=200)
    destination = _model_field("destination")
    whereabouts = _model_field("whereabouts")
    number = sealed_line(_("Number"))
    unit_code = sealed_line(_("Code of the office"), _("Like 770-001."))
    authority = sealed_line(_("Issuing office"))
    surname = sealed_line(_("Surname as printed"))
    given_names = sealed_line(_("Given names as printed"))
    zone = forms.CharField(
        label=_("Machine-readable zone"),
        required=False,
        help_text=_("Paste or type the two or three lines of letters, digits and < signs."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_ZONE + 1, "class": "zone", **QUIET}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        help_text=_("What else the paper tells: children entered, stamps, damage."),
        widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
    )

    def __init__(self, data: Any = None, *, types: Mapping[str, DocumentType], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.types = types
        self.kind = types.get(str((data if data is not None else self.initial).get("type", "")))
        choice: Any = self.fields["type"]
        choice.choices = [("", _("Choose a type")), *grouped(types.values())]
        for name in [name for name in self.fields if self.kind and not _fits(name, self.kind)]:
            del self.fields[name]
        if self.kind and self.kind.number_example:
            self.fields["number"].help_text = _("Like %(example)s.") % {"example": self.kind.number_example}

    @classmethod
    def again(
        cls, typed: Mapping[str, Any], *, types: Mapping[str, DocumentType], filled: Mapping[str, Any] = {}
    ) -> "PaperForm":
        """The form once more with everything that was typed, unchecked, and what was `filled` in meanwhile."""
        known = {name: typed[name] for name in cls.base_fields if name in typed}
        return cls(types=types, initial=known | dict(filled))

    @staticmethod
    def told_by(kind: DocumentType | None) -> dict[str, Any]:
        """What the choice of a type fills in."""
        if kind is None:
            return {}
        country = {"country": kind.issuer} if kind.issuer else {}
        return country | ({"chip": CHIPS[kind.code]} if kind.code in CHIPS else {})

    @property
    def is_filled(self) -> bool:
        """Whether the sealed half was opened into this form."""
        return "sealed_opened" in self.fields and bool(self["sealed_opened"].value())

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if len(zone) > LONGEST_ZONE:
            raise forms.ValidationError(
                _(
                    "This is too long for a machine-readable zone, which has 90 characters at most. Paste its lines alone."
                )
            )
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("This day lies before the day of issue. Look at both dates."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What may stand in clear; what the type has no field for is emptied."""
        blank = Document()
        empty = {name: getattr(blank, name) for name in CLEAR if name != "type"}
        known = {name: self.cleaned_data[name] for name in empty if name in self.cleaned_data}
        return empty | known | {"type": self.types[self.cleaned_data["type"]]}

    @property
    def sealed(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in SEALED}


class AddPaperForm(PaperForm):
    # The id of the paper to come makes a repeated sending harmless.
    new_id = forms.UUIDField(widget=forms.HiddenInput)


class EditPaperForm(PaperForm):
    """Carries what was there when the form was opened, to tell the writer's changes from others'."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput)
    # Set once the sealed half was opened into the form: then an emptied field is meant to be empty.
    sealed_opened = forms.BooleanField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def first_values(document: Document) -> dict[str, Any]:
        clear = {name: typed(getattr(document, name)) for name in CLEAR}
        return clear | {"version": document.version, "opened": signing.dumps(_as_opened(document))}

    def clean_opened(self) -> dict[str, Any]:
        return opened_in(self.cleaned_data["opened"])

    @property
    def new_seal(self) -> dict[str, str] | None:
        return self.sealed if self.cleaned_data["sealed_opened"] or any(self.sealed.values()) else None

    def merged(self, document: Document) -> "EditPaperForm":
        """Return the form again: what was typed stays, what only others changed is taken over and said."""
        opened, mine = self.cleaned_data["opened"], {name: typed(value) for name, value in self.facts.items()}
        now = _as_opened(document)
        saved = {name: now[name] for name in mine}
        data = both(opened, mine, saved) | self.sealed
        data |= {"version": document.version, "opened": signing.dumps(now)}
        data |= {"sealed_opened": "1"} if self.cleaned_data["sealed_opened"] else {}
        form = EditPaperForm(data, types=self.types)
        form.full_clean()
        tell(form, opened, mine, saved, lambda name, _value: self._said(document, name))
        if now["sealed"] != opened.get("sealed") and self.new_seal is not None:
            form.add_error(None, SEALED_MEANWHILE)
        return form

    def _said(self, document: Document, name: str) -> str:
        value = getattr(document, name)
        return str(value) if name == "type" else said(name, "" if value is None else str(value))


def _as_opened(document: Document) -> dict[str, Any]:
    """The clear half as the form sends it, and how often the other half was sealed."""
    clear = {name: typed(getattr(document, name)) for name in CLEAR}
    return clear | {"sealed": sealed_version(document.applicant.identity_safe, document.sealed_kind)}


def typed(value: Any) -> str:
    """A clear value as the form sends it."""
    if isinstance(value, date):
        return written(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(getattr(value, "code", value))


def _fits(name: str, kind: DocumentType) -> bool:
    if name == "zone":
        return kind.zone != Zone.NONE
    if name == "unit_code":
        return kind.code == INTERNAL
    if name in _NOT_FOR_NUMBERS:
        return kind.role != Role.NUMBER
    return name not in _ONLY_FOR or kind.role in _ONLY_FOR[name]
