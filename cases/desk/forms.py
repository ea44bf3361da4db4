from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.desk.audit_words import GROUPS, actions_of
from cases.desk.filters import QuickSelect
from cases.desk.queries.log import CASE, every_case
from cases.staff.queries import accounts


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Surname, given name or both, in Cyrillic or Latin letters; three letters or more."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Words in the files"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-search": ""}),
    )

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"]).strip()
        if words and not any(char.isalnum() for char in words):
            raise forms.ValidationError(_("Type a word or a number."))
        return words


class AnswerForm(forms.Form):
    """The answer to a colleague who asks: two buttons, and a reason if one is wished."""

    give = forms.TypedChoiceField(
        choices=[("yes", _("Give")), ("no", _("Refuse"))], coerce=lambda value: value == "yes"
    )
    reason = forms.CharField(required=False, max_length=150)


class RekeyForm(forms.Form):
    """How far the page is: it asks again and again, and each answer says where the next step begins."""

    total = forms.IntegerField(min_value=0)
    done = forms.IntegerField(min_value=0)
    failed = forms.IntegerField(min_value=0)
    last = forms.UUIDField(required=False)


class PeopleForm(forms.Form):
    """The cases on a page whose first names are wanted; none means all of one's own."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["case"] = forms.TypedMultipleChoiceField(
            choices=[(one, one) for one in data.getlist("case")],
            coerce=forms.UUIDField().clean,
            required=False,
        )


class LogForm(forms.Form):
    """Choices only: the filter stands in the address and in the statement, and what is typed may be a name."""

    group = forms.ChoiceField(label=_("What"), required=False, choices=[("", "–"), *GROUPS.items()])
    actor = forms.ChoiceField(label=_("Who"), required=False)
    about = forms.ChoiceField(label=_("Case or colleague"), required=False, widget=QuickSelect)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        people = [(one.username, str(one)) for one in accounts().prefetch_related(None)]
        actor, about = (
            cast(forms.ChoiceField, self.fields["actor"]),
            cast(forms.ChoiceField, self.fields["about"]),
        )
        actor.choices = [("", "–"), ("system", _("the program")), *people]
        about.choices = [
            ("", "–"),
            (_("Cases"), [(f"{CASE}{pk}", pseudonym) for pk, pseudonym in every_case()]),
            (_("Colleagues"), people),
        ]

    @property
    def wanted(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {
            "actions": actions_of(clean["group"]) if clean["group"] else (),
            **{name: clean[name] for name in ("actor", "about", "since", "until")},
        }
