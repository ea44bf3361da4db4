from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.documents.models import Document, Scan
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.operations import NewFile


def begin_scan(*, document: Document, new: NewFile, secret: bytes, by: User) -> Scan:
    """Make ready for a file about a document; one that was begun before goes on where it stopped."""
    with transaction.atomic():
        file = vault.begin_upload(safe=document.applicant.identity_safe, new=new, secret=secret, by=by)
        scan, made = Scan.objects.get_or_create(file=file, defaults={"document": document, "added_by": by})
        if made:
            applicant = document.applicant
            record("documents.scan_begun", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    scan.file = file
    return scan


def strike_scan(*, scan: Scan, by: User) -> None:
    """Take a scan out of sight. Nothing of it is deleted: what was evidence once stays evidence."""
    applicant = scan.document.applicant
    with transaction.atomic():
        struck = Scan.objects.filter(pk=scan.pk, struck_at__isnull=True).update(struck_at=timezone.now())
        if struck:
            record("documents.scan_struck", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
