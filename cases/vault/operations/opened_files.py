"""Reading a sealed file. As with every opening, the row in the audit log comes first."""

import base64
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cases.staff.models import User
from cases.vault.envelope import open_under, unpad
from cases.vault.files import chunks
from cases.vault.models import SealedFile
from cases.vault.operations.files import check_of
from cases.vault.operations.finished_files import proof_info
from cases.vault.operations.opening import open_item, open_quietly
from cases.vault.refusals import DoesNotOpen
from cases.vault.unlock import Unlocked


@dataclass(frozen=True)
class OpenedFile:
    file: SealedFile
    name: str
    sha256: str
    _key: bytes = field(repr=False)

    def content(self) -> Iterator[bytes]:
        """The original, untouched, one chunk at a time."""
        return chunks.read(self.file, self._key)

    def views(self) -> list[bytes]:
        """The pages to look at, each a JPEG without anything but the picture."""
        pages = self.file.copies.filter(purpose=SealedFile.Purpose.VIEW).order_by("page")
        return [_copy(page, self._key) for page in pages]


def read_file(*, file: SealedFile, reason: str, unlocked: Unlocked, by: User) -> OpenedFile:
    """Open one whole file, with a reason."""
    if file.of_id is not None or file.state != SealedFile.State.WHOLE:
        raise DoesNotOpen
    said = open_item(item=file.key_item, reason=reason, unlocked=unlocked, by=by)
    key = _key_in(said, file)
    proof = unpad(open_under(key, proof_info(file), bytes(file.proof or b"")))
    return OpenedFile(file, str(said.get("name", "")), str(proof.get("sha256", "")), key)


def read_thumbnails(*, files: Iterable[SealedFile], unlocked: Unlocked, by: User) -> dict[UUID, bytes]:
    """Return the small pictures by the id of their original, with one audit row; what `by` cannot open is left out."""
    wanted = {file.pk: file for file in files}
    copies = SealedFile.objects.filter(of__in=wanted, purpose=SealedFile.Purpose.THUMBNAIL)
    small = {copy.of_id: copy for copy in copies}
    items = {file.pk: file.key_item for file in wanted.values() if file.pk in small}
    if not items:
        return {}
    # A small picture shows a face: it counts as an opening does.
    said = open_quietly(items=items.values(), purpose="thumbnails", unlocked=unlocked, by=by, counted=True)
    return {
        pk: _copy(small[pk], _key_in(said[item.pk], wanted[pk]))
        for pk, item in items.items()
        if item.pk in said
    }


def _copy(copy: SealedFile, key: bytes) -> bytes:
    return b"".join(chunks.read(copy, chunks.key_of_copy(key, copy)))


def _key_in(said: dict[str, Any], file: SealedFile) -> bytes:
    """The key in an item; it must be the one that this file was begun with, not that of a row moved here."""
    try:
        key = base64.b64decode(str(said.get("key", "")), validate=True)
    except ValueError:
        raise DoesNotOpen from None
    if not key or not hmac.compare_digest(check_of(file, key), bytes(file.key_check)):
        raise DoesNotOpen
    return key
