from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Category
from cases.documents.forms.reference import FactForm


class CheckKindForm(FactForm):
    categories = forms.MultipleChoiceField(
        label=_("for whom"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Empty: for everybody."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A check says in three languages what is asked; an empty text would be a form without its question.
        for name, field in self.fields.items():
            if name.startswith(("question_", "method_", "flags_")):
                field.required = True
