"""What is refused about a file, and what is noticed in one, each as a sentence for who sent it."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.vault.files.kinds import HEAD_BYTES, Kind, code_of_other, kind_of, name_of_other
from cases.vault.refusals import Refused

_KIND = "kind:"
_SENTENCES: dict[str, Promise] = {
    "empty": _("This file is empty. Choose it again; perhaps it was not copied whole."),
    "large": _("This file is too large: at most %(file_mib)d MB are taken."),
    "large_opened": _("This file is too large: of pictures and PDF at most %(opened_mib)d MB are taken."),
    "pixels": _("This picture is too large: at most %(megapixels)d million points are taken."),
    "pages": _("This PDF has too many pages: at most %(pdf_pages)d are taken. Split it."),
    "password": _("This PDF is locked with a password. Save it without one and send that."),
    "damaged": _(
        "This file cannot be read: it is damaged, was not copied whole, or was made to do harm. Nothing of it was kept."
    ),
    "heavy": _(
        "Looking at this file takes too much time or memory. Save it smaller, or take a picture of it."
    ),
}
_NOT_TAKEN = _(
    "This is %(found)s, which is not taken. PDF, pictures (JPEG, PNG, HEIC, WebP), sound and film are."
)

NOTICES: dict[str, Promise] = {
    "position": _(
        "The place where it was taken stands in the original. It is not in the copy that is shown."
    ),
    "metadata": _(
        "The original tells more than can be seen, such as camera, time or author. The copy that is shown does not."
    ),
    "more": _(
        "The original holds something behind the picture or the text, such as a short film. It is not shown."
    ),
    "frames": _("The original holds several pictures. Only the first is shown."),
    "first_pages": _("Only the first pages are shown. Download the original for the others."),
    "script": _("The PDF holds a program. It was not run; do not open the original on a computer you need."),
    "attachment": _("The PDF holds other files inside. They were not opened and are not shown."),
}


class FileRefused(Refused):
    """This file is not taken, now or later; `code` is kept with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        if self.code.startswith(_KIND):
            return str(_NOT_TAKEN) % {"found": name_of_other(self.code.removeprefix(_KIND))}
        chosen = settings.VAULT
        return str(_SENTENCES.get(self.code, _SENTENCES["damaged"])) % {
            "file_mib": chosen["file_bytes"] >> 20,
            "opened_mib": chosen["opened_file_bytes"] >> 20,
            "megapixels": chosen["picture_pixels"] // 1_000_000,
            "pdf_pages": chosen["pdf_pages"],
        }


def kind_taken(start: bytes) -> Kind:
    """Return the kind of a file by its first `HEAD_BYTES`; what is of no kind that is taken is refused."""
    head = start[:HEAD_BYTES]
    kind = kind_of(head)
    if kind is None:
        raise FileRefused(f"{_KIND}{code_of_other(head)}")
    return kind


class UploadLost(Refused):
    """The browser no longer holds what this upload was begun with."""

    sentence = _("This upload cannot go on where it stopped. It begins anew; what was sent stays sealed.")


class ChunkDoesNotFit(Refused):
    sentence = _("A part of the file has the wrong size or came out of turn. Send the file again.")


class NotAllThere(Refused):
    sentence = _("Parts of the file are still missing. Send the file again; what is there is not sent twice.")


class TooManyUploads(Refused):
    sentence = _("Too many of your files are half sent. Finish or remove some of them first.")


class NoSpace(Refused):
    sentence = _("The disk of the server is full. Tell the administrator; what was sent so far is safe.")


class LookLater(Refused):
    """Not now; the same request will do in a moment."""

    sentence = _("Other files are being looked at just now. It goes on by itself in a few seconds.")


class CannotLook(Refused):
    sentence = _(
        "Files cannot be looked at on this server just now. What you sent is sealed and safe; tell the administrator."
    )
