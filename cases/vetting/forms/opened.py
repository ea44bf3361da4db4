from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core import signing

from cases.applicants.forms.facts import MEANWHILE, opened_in


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
        data = {name: mine[name] if mine[name] != opened.get(name) else now[name] for name in now}
        form = type(self)(data | {"version": version, "opened": signing.dumps(dict(now))}, **kwargs)
        form.full_clean()
        for name in now:
            if now[name] != opened.get(name):
                form.add_error(name, MEANWHILE % {"value": form.said(name, now[name]) or "–"})
        return form

    def said(self, name: str, value: str) -> str:
        choices = getattr(self.fields[name], "choices", None)
        return str(dict(choices).get(value, value)) if choices else value.replace("\n", ", ")
