"""Two at once: who saves second sees what a colleague saved beside what they typed, loses nothing, and chooses per field."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

MEANWHILE = _("Now saved: %(value)s. Choose what is right and save again.")
SEALED_MEANWHILE = _(
    "A colleague sealed this half anew, too. Open it to correct: what you typed stays. Or save again, and yours takes its place."
)
# What a form sends, by field: a text, or several.
Typed = Mapping[str, Any]


def opened_in(signed: str) -> dict[str, Any]:
    """What was there when a form was opened; {} where somebody changed what it carries."""
    try:
        return dict(signing.loads(signed))
    except signing.BadSignature:
        return {}


def both(opened: Typed, mine: Typed, saved: Typed) -> dict[str, Any]:
    """What the form shows now: what was typed stays, and what only others changed is taken over."""
    return {name: mine[name] if mine.get(name) != opened.get(name) else saved[name] for name in mine}


def tell(
    form: forms.BaseForm,
    opened: Typed,
    mine: Typed,
    saved: Typed,
    said: Callable[[str, Any], str] = lambda name, value: str(value),
) -> None:
    """Say beside each field what a colleague saved there; where both wrote, a button takes it and gives it back."""
    for name in [name for name in mine if name in form.fields and saved[name] != opened.get(name)]:
        if mine[name] == saved[name] != "":
            continue
        form.add_error(name, MEANWHILE % {"value": said(name, saved[name]) or "–"})
        if mine[name] != opened.get(name):
            form[name].theirs = Theirs.of(saved[name])  # type: ignore[attr-defined]


def lay_beside(form: forms.BaseForm, mine: Typed, sealed: Typed) -> None:
    """Show what is sealed now beside what was typed in its place."""
    for name, value in mine.items():
        if value and sealed.get(name) and value != sealed[name]:
            form[name].theirs = Theirs.of(sealed[name], shown=True)  # type: ignore[attr-defined]


@dataclass(frozen=True, repr=False)
class Theirs:
    """What a colleague saved, for the button that takes it; `said` where nothing else on the page says it."""

    value: str
    said: str = ""

    @classmethod
    def of(cls, saved: Any, *, shown: bool = False) -> "Theirs":
        values = saved if isinstance(saved, list) else [saved]
        return cls(json.dumps([str(one) for one in values]), str(saved) if shown else "")


class OpenedForm(forms.Form):
    """Carries what stood there when it was opened, to tell the writer's changes from others'."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def first_values(cls, now: Mapping[str, str], version: int) -> dict[str, Any]:
        return {**now, "version": version, "opened": signing.dumps(dict(now))}

    def merged(self, now: Mapping[str, str], version: int, **kwargs: Any) -> Self:
        """Return the form again: what was typed stays, what only others changed is taken over and said."""
        opened = opened_in(str(self.data.get("opened", "")))
        mine = {name: str(self.data.get(name, "")).replace("\r\n", "\n").strip() for name in now}
        data = both(opened, mine, now)
        form = type(self)(data | {"version": version, "opened": signing.dumps(dict(now))}, **kwargs)
        form.full_clean()
        tell(form, opened, mine, now, lambda name, value: said(form.fields[name], value))
        return form


def said(field: Any, value: Any) -> str:
    """A value of a form in the words of its field."""
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(field, forms.NullBooleanField):
        labels = {"true": str(_("yes")), "false": str(_("no")), "": str(_("unknown"))}
    values: list[str] = value if isinstance(value, list) else str(value).split("\n")
    return ", ".join(labels.get(one, one) for one in values)
