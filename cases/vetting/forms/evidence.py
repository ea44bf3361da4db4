import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.documents.forms.days import DayField
from cases.vetting.forms.entries import EntryForm, sealed_text
from cases.vetting.models import CheckKind, Credibility, Evidence, Reliability

ZONES: list[tuple[str, Any]] = [
    ("", "–"),
    ("UTC", "UTC"),
    ("Europe/Paris", _("Paris")),
    ("Europe/Kyiv", _("Kyiv")),
    ("Europe/Moscow", _("Moscow")),
    ("Asia/Tbilisi", _("Tbilisi")),
    ("Asia/Yerevan", _("Yerevan")),
    ("Asia/Almaty", _("Astana, Almaty")),
    ("Asia/Bishkek", _("Bishkek")),
]
_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")
_HASH = re.compile(r"[0-9a-f]{64}")


def check_choices(kinds: Iterable[CheckKind]) -> list[tuple[str, str]]:
    return [(kind.code, f"{kind.code} {kind.name}") for kind in kinds]


def _address(label: Any, help_text: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", **QUIET}),
        error_messages={"invalid": _("Write the whole address of the page, with https at the beginning.")},
    )


class EvidenceForm(EntryForm):
    """Describes a file or a link after the Berkeley Protocol: who took it, when, where from, with what, and its hash."""

    entry = Evidence
    side_by_side = (
        ("captured_on", "captured_time", "captured_zone"),
        ("tool", "captured_by"),
        ("reliability", "credibility"),
    )
    checks = forms.MultipleChoiceField(
        label=_("Speaks to these checks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title = sealed_line(_("What it is"), _("Like “photograph from the base, sent by the person”."))
    url = _address(_("Address of the page"))
    archived_url = _address(
        _("Address of the archived copy"),
        _(
            "Where a copy of the page is kept. Think before you archive: a public archive can be read by anybody."
        ),
    )
    sha256 = forms.CharField(
        label=_("SHA-256 of what was saved"),
        required=False,
        max_length=200,
        help_text=_("64 digits and letters from a to f, as the tool shows them."),
        widget=forms.TextInput(attrs=QUIET),
    )
    captured_on = DayField(label=_("Captured on"), past=True)
    captured_time = forms.CharField(
        label=_("Time"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"placeholder": "14:05", **QUIET}),
    )
    captured_zone = forms.ChoiceField(label=_("By the clock of"), choices=ZONES, required=False)
    tool = sealed_line(_("Tool"), _("Browser, application or camera, with its version."))
    captured_by = sealed_line(_("Who captured it"))
    shows = sealed_text(_("What it shows, and what it does not"))
    reliability = forms.ChoiceField(
        label=_("Reliability of the source"), choices=[("", "–"), *Reliability.choices], required=False
    )
    credibility = forms.ChoiceField(
        label=_("Credibility of the information"), choices=[("", "–"), *Credibility.choices], required=False
    )

    def __init__(
        self, data: Any = None, *, kind: str, kinds: Iterable[CheckKind], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.kind, self._kinds = kind, list(kinds)
        checks: Any = self.fields["checks"]
        checks.choices = check_choices(self._kinds)
        if kind == Evidence.Kind.LINK:
            # Read by the label, which would say "optional" otherwise.
            self.fields["url"].needed_at_times = True  # type: ignore[attr-defined]
        else:
            self.fields["sha256"].help_text = _(
                "Only where the source gives one: the hash of the file itself is reckoned here and shown when it is opened."
            )
            self.fields["url"].label = _("Address it comes from")

    def again(self, data: Mapping[str, Any]) -> Self:
        return type(self)(data, kind=self.kind, kinds=self._kinds)

    def clean_checks(self) -> list[str]:
        return sorted(self.cleaned_data["checks"])

    def clean_sha256(self) -> str:
        typed = re.sub(r"[\s:]", "", self.cleaned_data["sha256"]).lower()
        if typed and not _HASH.fullmatch(typed):
            raise forms.ValidationError(
                _("A SHA-256 has 64 digits and letters from a to f; this has %(length)s characters.")
                % {"length": len(typed)}
            )
        return typed

    def clean_captured_time(self) -> str:
        typed = self.cleaned_data["captured_time"].strip()
        found = _TIME.fullmatch(typed)
        if typed and not found:
            raise forms.ValidationError(_("Write the time like 14:05."))
        return f"{int(found[1]):02}:{found[2]}" if found else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("captured_time") and not cleaned.get("captured_zone"):
            self.add_error("captured_zone", _("Say by which clock: an hour tells little without it."))
        if (
            cleaned.get("captured_time")
            and not cleaned.get("captured_on")
            and "captured_on" not in self.errors
        ):
            self.add_error("captured_on", _("Say on which day."))
        adding = not cleaned.get("opened")
        if adding and self.kind == Evidence.Kind.LINK and "url" not in self.errors and not cleaned.get("url"):
            self.add_error("url", _("A link needs its address."))
        return cleaned
