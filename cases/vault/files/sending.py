"""Sending a file in parts: the page asks, sends, asks again. Each answer is short, and says how far it is.

What the file belongs to, and who may send it there, is known to the slice whose views answer with these.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase, JsonResponse

from cases.staff.door import SignedInRequest
from cases.vault import operations, queries
from cases.vault.files import cookie
from cases.vault.files.refusals import NOTICES, LookLater, UploadLost
from cases.vault.forms import BeginForm
from cases.vault.models import SealedFile
from cases.vault.operations import NewFile
from cases.vault.refusals import Refused

View = Callable[..., HttpResponseBase]
# Takes the file and the secret behind its key; returns the id of what the file belongs to, and the file.
Keep = Callable[[NewFile, bytes], tuple[UUID, SealedFile]]


def refusals_told(view: View) -> View:
    """Turn what is refused into an answer: 409 begins anew, 503 is tried again, 422 ends it; a sentence with each."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UploadLost as refusal:
            status, said = 409, str(refusal)
        except LookLater as refusal:
            status, said = 503, str(refusal)
        except Refused as refusal:
            status, said = 422, str(refusal)
        return JsonResponse({"error": said}, status=status)

    return guarded


def begin(request: SignedInRequest, *, about: UUID, keep: Keep) -> HttpResponseBase:
    """Begin, or go on with, a file about something; the parts are then sent to an address with the id that is answered."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    value = cookie.begin(request)
    kept_as, file = keep(form.new_file(about), cookie.secret_in(value, request.user.pk))
    response = JsonResponse(_progress(file) | {"id": str(kept_as)})
    cookie.put(response, value)
    return response


def part(request: SignedInRequest, *, file: SealedFile, index: int) -> HttpResponseBase:
    secret = cookie.secret_of(request)
    return JsonResponse(
        _progress(
            operations.add_chunk(file=file, index=index, data=request.body, secret=secret, by=request.user)
        )
    )


def finish(request: SignedInRequest, *, file: SealedFile) -> HttpResponseBase:
    whole = operations.finish_upload(file=file, secret=cookie.secret_of(request), by=request.user)
    return _tidied(request, JsonResponse({"notices": notices_of(whole)}))


def remove(request: SignedInRequest, *, file: SealedFile) -> HttpResponseBase:
    operations.abandon_upload(file=file, by=request.user)
    return _tidied(request, HttpResponse(status=200))


def notices_of(file: SealedFile) -> list[str]:
    """What should be known about the original, in sentences."""
    return [str(NOTICES[code]) for code in file.notices if code in NOTICES]


def _progress(file: SealedFile) -> dict[str, Any]:
    return {"received": file.received, "parts": file.chunks}


def _tidied(request: SignedInRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not queries.pending_uploads(request.user).exists():
        cookie.forget(response)
    return response
