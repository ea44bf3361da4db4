from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class UploadListForm(forms.Form):
    only_asks = True
    name = forms.CharField(
        label=_("Name of the list"),
        max_length=60,
        help_text=_(
            "Short, for example: sanctions. A file under the same name takes the place of the earlier one."
        ),
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "targets.simple.csv or entities.ftm.json from OpenSanctions, or a file with its changes. Up to 10 MB; larger ones are taken in by whoever runs the server."
        ),
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"data-limit": settings.UPLOAD_LIMIT}),
    )
    index = forms.FileField(
        label=_("Index"),
        required=False,
        help_text=_("The index.json that came with it: then size and checksum are compared."),
    )
    may_shrink = forms.BooleanField(
        label=_("It is right that most of the earlier entries are missing"), required=False
    )

    def clean_name(self) -> str:
        slug: str = slugify(self.cleaned_data["name"])
        if not slug:
            raise forms.ValidationError(_("Write the name in Latin letters or digits."))
        return slug

    def clean_file(self) -> Any:
        return _small(self.cleaned_data["file"])

    def clean_index(self) -> Any:
        return _small(self.cleaned_data["index"])


def _small(file: Any) -> Any:
    if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT:
        raise forms.ValidationError(
            _("This file is too large for the page. Ask whoever runs the server to take it in there.")
        )
    return file


class StepForm(forms.Form):
    """Where the next step of screening again begins."""

    last = forms.UUIDField(required=False)
    done = forms.IntegerField(min_value=0, required=False)
