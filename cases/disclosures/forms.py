"""Forms clean what was typed and save nothing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases.applicants.forms.sealed import QUIET
from cases.applicants.models import Applicant
from cases.disclosures.fields import FIELDS, in_order, labels_of
from cases.disclosures.models import AUDIENCES, TEXT, Channel, Form, Ground, RecipientForm
from cases.disclosures.operations import Terms
from cases.disclosures.packing import read_age_key
from cases.disclosures.queries import MOST_PEOPLE, choice_of_people, forms_in_use
from cases.disclosures.refusals import NoColumn, NoForm, UnknownAgeKey
from cases.staff.models import User, random_id
from cases.vault.models import Safe

TERMS = ("recipient", "organisation", "audience", "channel", "ground", "ground_reference")
_NO_NAMES = _("By pseudonym, without names: this line is not sealed.")


def _boxes() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple()


class AskExportForm(forms.Form):
    only_asks = True
    # A sending that is repeated when the line broke asks once.
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    people: "forms.ModelMultipleChoiceField[Applicant]" = forms.ModelMultipleChoiceField(
        label=_("Who"),
        queryset=None,
        widget=_boxes(),
        error_messages={"required": _("Choose at least one person.")},
    )
    identity = forms.MultipleChoiceField(
        label=_("What of the name and the papers"),
        required=False,
        widget=_boxes(),
        help_text=_("As little as the recipient needs."),
    )
    account = forms.MultipleChoiceField(
        label=_("What of the account"),
        required=False,
        widget=_boxes(),
        help_text=_("What happened to the person. Only if the recipient has to have it."),
    )
    recipient = forms.CharField(
        label=_("Who receives it"),
        max_length=TEXT,
        help_text=_("Name and role of the official, not of the person."),
        widget=forms.TextInput(attrs=QUIET),
    )
    organisation = forms.CharField(
        label=_("Organisation"), max_length=TEXT, widget=forms.TextInput(attrs=QUIET)
    )
    audience = forms.ChoiceField(
        label=_("What the person agrees to"),
        choices=[("", "–"), *AUDIENCES],
        help_text=_("Looked up under “Consent” of each case, now and again when it is collected."),
    )
    channel = forms.ChoiceField(label=_("How it reaches them"), choices=[("", "–"), *Channel.choices])
    reason = forms.CharField(label=_("What it is for"), max_length=TEXT, help_text=_NO_NAMES)
    ground = forms.ChoiceField(label=_("Legal ground"), choices=[("", "–"), *Ground.choices])
    ground_reference = forms.CharField(
        label=_("Where that is written down"),
        max_length=TEXT,
        help_text=_("For example: consent in writing of 4 Nov 2026. Without names: this line is not sealed."),
    )
    # Not "form": in the browser a field of that name hides to which form an element belongs.
    packed_as = forms.ChoiceField(
        label=_("What they can open"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.PDF
    )
    recipient_form: "forms.ModelChoiceField[RecipientForm]" = forms.ModelChoiceField(
        label=_("Their Excel form"),
        queryset=None,
        required=False,
        empty_label="–",
        help_text=_(
            "Only for their own form. It is filled when you collect it, in the columns of what was approved."
        ),
    )
    age_key = forms.CharField(
        label=_("Their public age key"),
        required=False,
        max_length=100,
        help_text=_(
            "Only for an age file for their key. It begins with age1; compare it with them by voice."
        ),
        widget=forms.TextInput(attrs=QUIET),
    )
    language = forms.ChoiceField(label=_("Language of what they read"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, by: User, chosen: Sequence[UUID] = ()) -> None:
        # Of a whole page of the register each one is chosen by hand.
        initial = list(chosen) if len(chosen) == 1 else []
        super().__init__(data, initial={"language": by.language, "people": initial})
        people: Any = self.fields["people"]
        people.queryset = choice_of_people(by, chosen)
        theirs: Any = self.fields["recipient_form"]
        theirs.queryset = forms_in_use()
        for name, safes in {"identity": (Safe.Kind.IDENTITY, None), "account": (Safe.Kind.ACCOUNT,)}.items():
            field: Any = self.fields[name]
            field.choices = [(one.code, one.label) for one in FIELDS.values() if one.safe in safes]

    def clean_people(self) -> list[Applicant]:
        people = list(self.cleaned_data["people"])
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(_("That is too many people for one export. Ask for fewer at a time."))
        return people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen_fields and "identity" not in self.errors:
            self.add_error("identity", _("Choose at least one field, here or below."))
        key = cleaned.get("age_key")
        if cleaned.get("packed_as") == Form.AGE_KEY and key is not None and read_age_key(key) is None:
            self.add_error("age_key", str(UnknownAgeKey()))
        self._clean_theirs(cleaned)
        return cleaned

    def _clean_theirs(self, cleaned: dict[str, Any]) -> None:
        theirs = cleaned.get("recipient_form")
        if cleaned.get("packed_as") != Form.THEIRS:
            cleaned["recipient_form"] = None
        elif theirs is None:
            self.add_error("recipient_form", str(NoForm()))
        elif missing := set(self.chosen_fields) - set(theirs.columns.values()):
            self.add_error("recipient_form", str(NoColumn(labels_of(in_order(missing)))))

    @property
    def chosen_fields(self) -> list[str]:
        return [*self.cleaned_data.get("identity", []), *self.cleaned_data.get("account", [])]

    @property
    def terms(self) -> Terms:
        said = {name: self.cleaned_data[name] for name in TERMS}
        theirs = self.cleaned_data["recipient_form"]
        return Terms(**said, form=self.cleaned_data["packed_as"], recipient_form=theirs)


class CollectForm(forms.Form):
    """Whom the page said it would hold, so that nobody goes or stays unseen."""

    only_asks = True
    people = forms.CharField()

    def clean_people(self) -> list[UUID]:
        try:
            return [UUID(one) for one in self.cleaned_data["people"].split()]
        except ValueError:
            raise forms.ValidationError(_("Load the page again, and try once more.")) from None


class BlankForm(forms.Form):
    """The recipient's own form, as they sent it."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("Whose form it is, and of which year. Without names.")
    )
    file = forms.FileField(
        label=_("Excel form"),
        help_text=_("XLSX, blank: nothing is written below the headings. Its first sheet is filled."),
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-limit": settings.UPLOAD_LIMIT}),
    )
    row = forms.IntegerField(
        label=_("Row of the headings"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("Left empty, the fullest of the first rows is taken."),
    )


class ColumnsForm(forms.Form):
    """For each column of the form, what goes into it."""

    def __init__(self, data: Any = None, *, theirs: RecipientForm) -> None:
        super().__init__(data)
        codes = [("", _("leave it empty")), *((one.code, one.label) for one in FIELDS.values())]
        self.columns = list(theirs.headings)
        guessed = _guess(theirs.headings)
        for column, heading in theirs.headings.items():
            self.fields[column] = forms.ChoiceField(
                label=f"{column}: {heading}", choices=codes, required=False, initial=guessed.get(column, "")
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for column, code in list(cleaned.items()):
            if code and code in seen:
                self.add_error(
                    column, _("This goes into column %(column)s already.") % {"column": seen[code]}
                )
            seen.setdefault(code, column)
        return cleaned


def _guess(headings: Mapping[str, str]) -> dict[str, str]:
    """A heading that is called as a field is called in any of our languages."""
    known: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {str(one.label).casefold(): one.code for one in FIELDS.values()}
    found: dict[str, str] = {}
    for column, heading in headings.items():
        code = known.get(heading.strip(" :*").casefold(), "")
        if code and code not in found.values():
            found[column] = code
    return found
