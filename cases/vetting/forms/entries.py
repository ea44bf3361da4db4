"""What the forms of evidence, referees and interviews have in common: a clear half, and a sealed half that is filled
only where it was opened into the form."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import SEALED_MEANWHILE, both, opened_in, said, tell
from cases.applicants.forms.sealed import QUIET
from cases.applicants.reading import sealed_version
from cases.documents.forms.days import DayField, written
from cases.staff.models import random_id
from cases.vetting.entry_words import MISTAKES
from cases.vetting.models import Entry


def sealed_text(label: Any, help_text: Any = "", *, rows: int = 3, most: int = 5000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, **QUIET}),
    )


class EntryForm(forms.Form):
    """Adds an entry, or changes one: then it carries what was there when it was opened, to tell the writer's changes
    from others'."""

    entry: ClassVar[type[Entry]]
    side_by_side: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The id of the entry to come makes a repeated sending harmless.
    new_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=random_id)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    # Set once the sealed half was opened into the form: then an emptied field is meant to be empty.
    sealed_opened = forms.BooleanField(widget=forms.HiddenInput, required=False)

    @classmethod
    def first_values(cls, entry: Entry) -> dict[str, Any]:
        clear = {name: typed(getattr(entry, name)) for name in entry.CLEAR}
        sealed = {"sealed": sealed_version(entry.applicant.account_safe, entry.sealed_kind)}
        return clear | {"version": entry.version, "opened": signing.dumps(clear | sealed)}

    @property
    def clear_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.entry.CLEAR if name in self.fields]

    @classmethod
    def shown(cls, content: Mapping[str, str]) -> dict[str, str]:
        """What is sealed, as the form shows it."""
        days = [name for name, field in cls.base_fields.items() if isinstance(field, DayField)]
        told = {name: written(date.fromisoformat(content[name])) for name in days if content.get(name)}
        return {**content, **told}

    @property
    def sealed_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the sealed half, those in one row that belong together."""
        together = [name for group in self.side_by_side for name in group]
        groups = [group for name in self.entry.SEALED for group in self._rows_beginning_with(name, together)]
        rows = [[self[name] for name in group if name in self.fields] for group in groups]
        return [row for row in rows if row]

    def _rows_beginning_with(self, name: str, together: list[str]) -> list[tuple[str, ...]]:
        if name not in together:
            return [(name,)]
        return [group for group in self.side_by_side if group[0] == name]

    @property
    def is_filled(self) -> bool:
        return bool(self["sealed_opened"].value())

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.entry.CLEAR if name in self.cleaned_data}

    @property
    def sealed(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name) or "") for name in self.entry.SEALED}

    @property
    def new_seal(self) -> dict[str, str] | None:
        return self.sealed if self.cleaned_data["sealed_opened"] or any(self.sealed.values()) else None

    @property
    def new(self) -> dict[str, Any]:
        """What the operation that adds it is told."""
        return {"id": self.cleaned_data["new_id"], "facts": self.facts, "sealed": self.sealed}

    @property
    def changed(self) -> dict[str, Any]:
        """What the operation that changes it is told."""
        return {"changes": self.facts, "sealed": self.new_seal, "version": self.cleaned_data["version"] or 0}

    def clean_new_id(self) -> UUID:
        return self.cleaned_data["new_id"] or random_id()

    def clean_opened(self) -> dict[str, Any]:
        return opened_in(self.cleaned_data["opened"])

    def again(self, data: Mapping[str, Any]) -> Self:
        """The same form with other data."""
        return type(self)(data)

    def merged(self, now: Mapping[str, Any]) -> Self:
        """Return the form again: what was typed stays, what only others changed is taken over and said."""
        opened = self.cleaned_data["opened"]
        mine = {name: typed(value) for name, value in self.facts.items()}
        saved = {name: typed(now[name]) for name in mine}
        data = (
            both(opened, mine, saved)
            | self.sealed
            | {"version": now["version"], "opened": signing.dumps(saved | {"sealed": now["sealed"]})}
        )
        data |= {"sealed_opened": "1"} if self.cleaned_data["sealed_opened"] else {}
        form = self.again(data)
        form.full_clean()
        tell(form, opened, mine, saved, lambda name, value: said(form.fields[name], value))
        if now["sealed"] != opened.get("sealed") and self.new_seal is not None:
            form.add_error(None, SEALED_MEANWHILE)
        return form


class StrikeForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=MISTAKES.items(), widget=forms.RadioSelect)


def typed(value: Any) -> Any:
    """A clear value as the form sends it."""
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, date):
        return written(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(getattr(value, "pk", value))
