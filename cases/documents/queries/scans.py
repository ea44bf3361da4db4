from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases.applicants.queries import Scope
from cases.documents.models import Document, Scan
from cases.documents.queries.held import find_document
from cases.staff.models import User
from cases.vault.models import SealedFile


def scans_of(document: Document) -> QuerySet[Scan]:
    whole = Scan.objects.filter(document=document, struck_at__isnull=True, file__state=SealedFile.State.WHOLE)
    return whole.select_related("file", "file__key_item", "file__safe", "added_by")


def half_sent(document: Document, user: User) -> QuerySet[Scan]:
    """What `user` began to send for a document; choosing the same file again goes on with it."""
    begun = Scan.objects.filter(document=document, added_by=user, file__state=SealedFile.State.UPLOADING)
    return begun.select_related("file")


def find_scan(user: User, document_id: UUID, scan_id: UUID, to: Scope = "read") -> Scan:
    document = find_document(user, document_id, to)
    return _one(scans_of(document), document, scan_id)


def find_sending(user: User, document_id: UUID, scan_id: UUID) -> Scan:
    """Return what `user` is sending, or has just sent."""
    document = find_document(user, document_id, "work")
    return _one(Scan.objects.filter(added_by=user).select_related("file"), document, scan_id)


def _one(scans: QuerySet[Scan], document: Document, scan_id: UUID) -> Scan:
    scan = scans.filter(pk=scan_id, document=document).first()
    if scan is None:
        raise Http404
    scan.document = document
    return scan
