"""Taking in a file, chunk by chunk. Nobody needs an unlock for it: the key lies in the safe and, until the last chunk
is there, follows from a secret that only the browser of the sender holds.
"""

import base64
import errno
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vault import marks
from cases.vault.envelope import derive, info
from cases.vault.files import chunks
from cases.vault.files.kinds import OPENED, Kind
from cases.vault.files.refusals import (
    ChunkDoesNotFit,
    FileRefused,
    LookLater,
    NoSpace,
    TooManyUploads,
    UploadLost,
    kind_taken,
)
from cases.vault.models import Safe, SealedFile
from cases.vault.operations.safes import seal

_TAG_BYTES = 16
State = SealedFile.State


@dataclass(frozen=True)
class NewFile:
    """What the browser says of a file. `start_hash` is the SHA-256 of its first MiB, empty where it cannot compute one."""

    name: str
    size: int
    claimed: str
    about: str
    start_hash: bytes = b""


def begin_upload(*, safe: Safe, new: NewFile, secret: bytes, by: User) -> SealedFile:
    """Make ready for the chunks of a file; the same file begun before goes on where it stopped."""
    _require_size(new.size)
    tag = _resume_tag(new, secret)
    with transaction.atomic():
        Safe.objects.select_for_update().get(pk=safe.pk)
        pending = SealedFile.objects.filter(uploaded_by=by, state=State.UPLOADING, of=None)
        known = pending.filter(safe=safe, resume_tag=tag, size=new.size).first() if tag else None
        if known:
            return known
        if pending.count() >= settings.VAULT["uploads_at_once"]:
            raise TooManyUploads
        file = SealedFile(id=random_id(), safe=safe, size=new.size, resume_tag=tag, uploaded_by=by)
        key = upload_key(file, secret)
        file.key_check = check_of(file, key)
        content = {"key": base64.b64encode(key).decode(), "name": new.name, "type": new.claimed}
        file.key_item = seal(safe=safe, kind=f"file-{file.pk.hex}", content=content, by=by)
        file.save(force_insert=True)
    return file


def add_chunk(*, file: SealedFile, index: int, data: bytes, secret: bytes | None, by: User) -> SealedFile:
    """Seal and store the next chunk. One that is there already is not written again: its answer was lost."""
    try:
        with transaction.atomic():
            held = locked(file, by)
            if held.state == State.REFUSED:
                raise FileRefused(held.refusal)
            key = key_of_upload(held, secret)
            if not 0 <= index <= held.received or len(data) != chunks.length_of(held, index):
                raise ChunkDoesNotFit
            if index < held.received:
                return held
            held.kind = _kind(held, data) if index == 0 else held.kind
            with no_space_is_said():
                chunks.write(held, index, data, key)
            held.received = index + 1
            held.save(update_fields=["received", "kind"])
    except FileRefused as refusal:
        refuse(file, refusal, by)
        raise
    return held


def abandon_upload(*, file: SealedFile, by: User | None) -> None:
    """Remove an upload that was not finished, or was refused, with everything that was sealed of it."""
    with transaction.atomic():
        held = SealedFile.objects.select_for_update().filter(pk=file.pk).exclude(state=State.WHOLE).first()
        if held is None:
            return
        item = held.key_item
        digest = marks.keep(removed=[item.pk])
        held.delete()
        item.delete()
        detail = f"file-{file.pk.hex}, digest {digest}"
        record("vault.upload_removed", by=by, about=str(file.safe_id), detail=detail)
        transaction.on_commit(lambda: chunks.remove_all(file))


def refuse(file: SealedFile, refusal: FileRefused, by: User) -> None:
    """Keep why a file was refused, and nothing of what was in it."""
    with transaction.atomic():
        held = locked(file, by)
        if held.state != State.UPLOADING:
            return
        held.state, held.refusal, held.finished_at = State.REFUSED, refusal.code, timezone.now()
        held.save(update_fields=["state", "refusal", "finished_at"])
        record("vault.file_refused", by=by, about=str(held.safe_id), detail=refusal.code)
        transaction.on_commit(lambda: chunks.remove_all(file))


def locked(file: SealedFile, by: User) -> SealedFile:
    """Return the row for this transaction alone; while the file is being looked at, nobody else waits for it."""
    try:
        return (
            SealedFile.objects.select_for_update(nowait=True, of=("self",))
            .select_related("key_item", "safe")
            .get(pk=file.pk, uploaded_by=by, of=None)
        )
    except OperationalError:
        raise LookLater from None


def upload_key(file: SealedFile, secret: bytes) -> bytes:
    return derive(secret, info("upload", file.pk))


def key_of_upload(file: SealedFile, secret: bytes | None) -> bytes:
    """Return the key of an unfinished file; `UploadLost` if it was begun with another secret."""
    if secret is None:
        raise UploadLost
    key = upload_key(file, secret)
    if not hmac.compare_digest(check_of(file, key), bytes(file.key_check)):
        raise UploadLost
    return key


@contextmanager
def no_space_is_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace from None
        raise


def check_of(file: SealedFile, key: bytes) -> bytes:
    """Tell a wrong key before anything is sealed under it; it says nothing about the right one."""
    return hmac.digest(key, info("check", file.pk), "sha256")[:_TAG_BYTES]


def _resume_tag(new: NewFile, secret: bytes) -> bytes | None:
    if not new.start_hash:
        return None
    told = info("resume", new.about, new.size, new.start_hash)
    return hmac.digest(secret, told, "sha256")[:_TAG_BYTES]


def _require_size(size: int) -> None:
    if size <= 0:
        raise FileRefused("empty")
    if size > settings.VAULT["file_bytes"]:
        raise FileRefused("large")


def _kind(file: SealedFile, start: bytes) -> Kind:
    """Refuse by the first bytes already: nobody should send 200 MB to be told that they are not taken."""
    kind = kind_taken(start)
    if kind in OPENED and file.size > settings.VAULT["opened_file_bytes"]:
        raise FileRefused("large_opened")
    return kind
