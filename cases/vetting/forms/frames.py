from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.documents.forms.reference import FactForm
from cases.vetting.queries.evidence import check_kinds
from cases.vetting.queries.heard import all_frames


class QuestionForm(FactForm):
    """A question in the admin panel: its frame and its check are chosen, not typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frames = [(frame.pk, str(frame)) for frame in all_frames()]
        checks = [(kind.code, f"{kind.code} {kind.name}") for kind in check_kinds()]
        for name, choices in (("frame", frames), ("check_code", checks)):
            field, now = self.fields[name], getattr(self.instance, name)
            known = choices if not now or now in dict(choices) else [*choices, (now, now)]
            self.fields[name] = forms.ChoiceField(
                label=field.label,
                choices=[("", "---------"), *known],
                error_messages={"invalid_choice": _("%(value)s is not in the list.")},
            )
