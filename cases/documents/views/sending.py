"""Sending a scan of a document in parts."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from cases.documents.operations.scans import begin_scan
from cases.documents.queries.held import find_document
from cases.documents.queries.scans import find_sending
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.files import sending
from cases.vault.models import SealedFile
from cases.vault.operations import NewFile


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def begin(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = find_document(request.user, document_id, "work")

    def keep(new: NewFile, secret: bytes) -> tuple[UUID, SealedFile]:
        scan = begin_scan(document=document, new=new, secret=secret, by=request.user)
        return scan.pk, scan.file

    return sending.begin(request, about=document.pk, keep=keep)


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def part(request: SignedInRequest, document_id: UUID, scan_id: UUID, index: int) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    return sending.part(request, file=scan.file, index=index)


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def finish(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    return sending.finish(request, file=scan.file)


@requires(Permission.WORK)
@require_POST
def remove(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_sending(request.user, document_id, scan_id)
    return sending.remove(request, file=scan.file)
