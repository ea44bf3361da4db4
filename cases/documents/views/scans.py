"""The scans of one document: listed by pseudonym, opened with a reason, downloaded as they came."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased
from cases.applicants.strips import strips_of
from cases.documents.models import Document, Scan
from cases.documents.operations.scans import strike_scan
from cases.documents.queries.held import find_document
from cases.documents.queries.scans import find_scan, half_sent, scans_of
from cases.staff.answers import done, is_fetch, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations as vault
from cases.vault import unlock
from cases.vault.files import showing
from cases.vault.files.kinds import OPENED
from cases.vault.files.sending import notices_of
from cases.vault.refusals import NotUnlocked
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@dataclass(frozen=True)
class Row:
    """One scan in the list; `small` is its picture as an address that holds the picture itself."""

    scan: Scan
    form: OpenForm
    small: str = ""

    @property
    def is_shown(self) -> bool:
        return self.scan.file.kind in OPENED

    @property
    def notices(self) -> list[str]:
        return notices_of(self.scan.file)


@requires(Permission.SEE_CASES)
@require_GET
def scans(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    document = find_document(request.user, document_id, "read")
    context = _context(request, document)
    return page(request, "documents/_scans.html" if is_fetch(request) else "documents/scans.html", context)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def small(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """The list with small pictures, for as long as the vault is open and the page is on the screen."""
    document = find_document(request.user, document_id, "read")
    unlocked = unlock.current(request)
    try:
        if unlocked is None:
            raise NotUnlocked
        files = [scan.file for scan in scans_of(document)]
        pictures = vault.read_thumbnails(files=files, unlocked=unlocked, by=request.user)
    except VaultRefused as refusal:
        context = _context(request, document) | {"refused": str(refusal)}
        return render(request, "documents/_scan_list.html", context, status=422)
    return render(request, "documents/_scan_list.html", _context(request, document, pictures))


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_scan(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_scan(request.user, document_id, scan_id)
    form = eased(_open_form(scan, request.POST), request, scan.document.applicant)
    context = _context(request, scan.document) | {"row": Row(scan, form), "form": form}
    if form.is_valid():
        try:
            opened = showing.opened(request, file=scan.file, reason=form.why)
            shown = {"opened": opened, "pages": showing.pages_of(opened)}
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            answer = render(request, "documents/_scan_opened.html", context | shown)
            return retarget(answer, f"#scan-{scan.pk.hex}")
    return page(request, "documents/_scan_open_form.html", context)


@requires(Permission.USE_VAULT)
@require_POST
def original(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponseBase:
    scan = find_scan(request.user, document_id, scan_id)
    form = _open_form(scan, request.POST)
    try:
        opened = showing.opened(request, file=scan.file, reason=form.why if form.is_valid() else "")
    except VaultRefused as refusal:
        messages.error(request, str(refusal))
        return done(request, "documents:scans", document_id=document_id)
    return showing.as_download(opened, name=f"scan-{scan.pk.hex[:8]}")


@requires(Permission.WORK)
@require_POST
def strike(request: SignedInRequest, document_id: UUID, scan_id: UUID) -> HttpResponse:
    scan = find_scan(request.user, document_id, scan_id, "work")
    strike_scan(scan=scan, by=request.user)
    messages.success(request, _("The scan is struck out. It stays sealed, and is shown no more."))
    return done(request, "documents:scans", document_id=document_id)


def _open_form(scan: Scan, data: Any = None) -> OpenForm:
    return OpenForm(data, auto_id=f"scan-{scan.pk.hex}-%s")


def _context(
    request: SignedInRequest, document: Document, pictures: dict[UUID, bytes] | None = None
) -> dict[str, Any]:
    pictures = pictures or {}
    rows = [
        Row(scan, _open_form(scan), showing.address_of(pictures.get(scan.file_id, b"")))
        for scan in scans_of(document)
    ]
    name, _contact = strips_of(document.applicant, request.user)
    return {
        "document": document,
        "applicant": document.applicant,
        "rows": rows,
        "half_sent": half_sent(document, request.user),
        "name": name,
        "may_add": request.user.may(Permission.WORK) and document.applicant.workable,  # type: ignore[attr-defined]
        "glanced": bool(pictures),
    }
