from django import forms

_HASH_LENGTH = 64
_LONGEST_NAME = 255


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

    @property
    def start_hash(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["start"])
