"""The end of safes: what lies in them, and every key to them. Who approved it, the slice knows that owned them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import marks
from cases.vault.files import chunks
from cases.vault.models import (
    AccessRequest,
    DutyRequest,
    Grant,
    LeftFile,
    OpenInterview,
    Safe,
    SealedFile,
    SealedItem,
)


@dataclass(frozen=True)
class Erased:
    """How much there was; nothing of it tells whose it was."""

    safes: int = 0
    items: int = 0
    files: int = 0


@transaction.atomic
def erase_safes(*, safe_ids: Collection[UUID], by: User | None, erasure: UUID) -> Erased:
    """Delete safes with all that lies in them: from here on nobody opens them, not even with the organisation key.

    The chunks of files go once this is committed; what a killed process leaves of them, `remove_left_files` takes.
    """
    safes = list(Safe.objects.select_for_update().filter(pk__in=safe_ids).order_by("pk"))
    held = {"safe__in": safes}
    files = list(SealedFile.objects.filter(of=None, **held).values_list("pk", flat=True))
    items = list(SealedItem.objects.filter(**held).values_list("pk", flat=True))
    LeftFile.objects.bulk_create([LeftFile(file=pk) for pk in files], ignore_conflicts=True)
    OpenInterview.objects.filter(safes__overlap=[safe.pk for safe in safes]).delete()
    DutyRequest.objects.filter(**held).delete()
    AccessRequest.objects.filter(**held).delete()
    Grant.objects.filter(content_object__in=safes).delete()
    SealedFile.objects.filter(**held).delete()
    SealedItem.objects.filter(**held).delete()
    gone = [safe.pk for safe in safes]
    Safe.objects.filter(pk__in=gone).delete()
    digest = marks.keep(removed=[*gone, *items])
    erased = Erased(len(gone), len(items), len(files))
    detail = f"erasure {erasure}, safes {len(gone)}, items {len(items)}, files {len(files)}, digest {digest}"
    record("vault.erased", by=by, detail=detail)
    transaction.on_commit(remove_left_files, robust=True)
    return erased


def remove_left_files() -> None:
    """Delete from the storage what no row speaks of any more."""
    for left in LeftFile.objects.all():
        chunks.remove_all(SealedFile(pk=left.pk))
        left.delete()
