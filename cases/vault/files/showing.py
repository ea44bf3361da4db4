"""Showing a sealed file: its pages as pictures inside the page, the original as a download under a name that tells nothing."""

import base64

from django.http import HttpResponseBase, StreamingHttpResponse

from cases.staff.door import SignedInRequest
from cases.vault import operations, unlock
from cases.vault.files.kinds import EXTENSIONS
from cases.vault.models import SealedFile
from cases.vault.operations import OpenedFile
from cases.vault.refusals import NotUnlocked


def opened(request: SignedInRequest, *, file: SealedFile, reason: str) -> OpenedFile:
    """Open a file with the key of whoever asks; never inside a transaction."""
    unlocked = unlock.current(request)
    if unlocked is None:
        raise NotUnlocked
    return operations.read_file(file=file, reason=reason, unlocked=unlocked, by=request.user)


def pages_of(file: OpenedFile) -> list[str]:
    return [address_of(view) for view in file.views()]


def address_of(picture: bytes) -> str:
    """An address that holds the picture itself: nothing of it lies anywhere to be fetched again."""
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}" if picture else ""


def as_download(file: OpenedFile, *, name: str) -> HttpResponseBase:
    """The file as it came; never shown by the browser itself."""
    response = StreamingHttpResponse(file.content(), content_type="application/octet-stream")
    named = f"{name}.{EXTENSIONS[file.file.kind]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    response.headers["Content-Length"] = str(file.file.size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
