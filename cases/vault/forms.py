from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from cases.vault import passphrase
from cases.vault.operations import NewFile
from cases.vault.refusals import PasskeyRefused

LONGEST = 400
_HASH_LENGTH = 64
_LONGEST_NAME = 255


class WordsForm(forms.Form):
    """Words drawn from a list; what was typed is never printed back into the page."""

    count: ClassVar[int]
    only_asks = True  # nothing of it is saved: the title of its errors does not say "not saved yet"

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget = forms.PasswordInput(
            attrs={
                "data-passphrase": "",
                "data-words": static(f"words/{language}.json"),
                "data-count": self.count,
                "autocomplete": "off",
                "autofocus": "",
            }
        )


class PassphraseForm(WordsForm):
    words = forms.CharField(label=_("Your seven words"), max_length=LONGEST)
    count = passphrase.PASSPHRASE_WORDS


class SheetForm(WordsForm):
    words = forms.CharField(
        label=_("The twelve words of your recovery sheet"),
        help_text=_("In the order in which they are numbered."),
        max_length=LONGEST,
    )
    count = passphrase.SHEET_WORDS


class LanguageForm(forms.Form):
    only_asks = True
    language = forms.ChoiceField(
        label=_("Language of the words"),
        help_text=_("Choose the one you type in most easily."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class StartOverForm(LanguageForm):
    stolen = forms.BooleanField(
        label=_("Somebody else may know my words"),
        help_text=_("Then they open nothing any more, even if you find them again."),
        required=False,
    )


class FingerprintForm(forms.Form):
    fingerprint = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What an authenticator answered, and beside it the 32 bytes that it computed for the vault alone."""

    only_asks = True
    answer = forms.JSONField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_answer(self) -> dict[str, Any]:
        answer = self.cleaned_data["answer"]
        if not isinstance(answer, dict):
            raise forms.ValidationError(str(PasskeyRefused()))
        return answer

    def clean_secret(self) -> bytes:
        try:
            return websafe_decode(self.cleaned_data["secret"])
        except ValueError:
            raise forms.ValidationError(str(PasskeyRefused())) from None


class PasskeyForm(AnswerForm):
    field_order = ["name"]
    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you know it again: office laptop, blue stick."),
        max_length=40,
    )


class BeginForm(forms.Form):
    """What the browser says of a file before it sends it."""

    name = forms.CharField(required=False)
    size = forms.IntegerField(min_value=0)
    type = forms.CharField(required=False)
    start = forms.RegexField(rf"^[0-9a-f]{{{_HASH_LENGTH}}}$", required=False)

    def clean_name(self) -> str:
        """The last part of the name, without what cannot be seen: it comes back when the original is opened."""
        name = self.cleaned_data["name"].replace("\\", "/").rpartition("/")[2]
        return "".join(letter for letter in name if letter.isprintable())[-_LONGEST_NAME:]

    def clean_type(self) -> str:
        return str(self.cleaned_data["type"])[:100]

    def new_file(self, about: UUID) -> NewFile:
        said = self.cleaned_data
        start = bytes.fromhex(said["start"])
        return NewFile(said["name"], said["size"], said["type"], about=str(about), start_hash=start)
