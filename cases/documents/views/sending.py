"""Sending a file in parts: the page asks, sends, asks again. Each answer is short, and says how far it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST

from cases.documents.forms.scans import BeginForm
from cases.documents.models import Scan
from cases.documents.operations.scans import begin_scan
from cases.documents.queries.held import find_document
from cases.documents.queries.scans import find_sending
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations as vault
from cases.vault import queries as vault_queries
from cases.vault.files import cookie
from cases.vault.files.refusals import NOTICES, LookLater, UploadLost
from cases.vault.refusals import Refused

View = Callable[..., HttpResponseBase]


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


@requires(Permission.WORK)
@require_POST
@refusals_told
def begin(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = find_document(request.user, document_id, "work")
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    value = cookie.begin(request)
    scan = begin_scan(
        document=document,
        name=form.cleaned_data["name"],
        size=form.cleaned_data["size"],
        claimed=form.cleaned_data["type"],
        start_hash=form.start_hash,
        secret=cookie.secret_in(value, request.user.pk),
        by=request.user,
    )
    response = JsonResponse(_progress(scan) | {"scan": str(scan.pk)})
    cookie.put(response, value)
    return response


@requires(Permission.WORK)
@require_POST
@refusals_told
def part(request: SignedInRequest, document_id: UUID, scan_id: UUID, index: int) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    secret = cookie.secret_of(request)
    scan.file = vault.add_chunk(
        file=scan.file, index=index, data=request.body, secret=secret, by=request.user
    )
    return JsonResponse(_progress(scan))


@requires(Permission.WORK)
@require_POST
@refusals_told
def finish(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    file = vault.finish_upload(file=scan.file, secret=cookie.secret_of(request), by=request.user)
    response = JsonResponse({"notices": [str(NOTICES[code]) for code in file.notices if code in NOTICES]})
    return _tidied(request, response)


@requires(Permission.WORK)
@require_POST
def remove(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    vault.abandon_upload(file=scan.file, by=request.user)
    return _tidied(request, HttpResponse(status=200))


def _progress(scan: Scan) -> dict[str, Any]:
    return {"received": scan.file.received, "parts": scan.file.chunks}


def _tidied(request: SignedInRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not vault_queries.pending_uploads(request.user).exists():
        cookie.forget(response)
    return response
