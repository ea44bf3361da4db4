"""The end of an upload: what it is, whether it is taken, and the copies that can be shown."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vault.envelope import info, pad, seal_under
from cases.vault.files import chunks
from cases.vault.files.kinds import OPENED, Kind
from cases.vault.files.looking import look
from cases.vault.files.refusals import FileRefused, NotAllThere, kind_taken
from cases.vault.limited.limits import Seen
from cases.vault.models import SealedFile
from cases.vault.operations.files import State, key_of_upload, locked, no_space_is_said, refuse

Purpose = SealedFile.Purpose


def finish_upload(*, file: SealedFile, secret: bytes | None, by: User) -> SealedFile:
    """Open all chunks once more in memory, decide what they are, and make the copies to look at.

    Called again after a lost answer it says the same again, even if the secret is gone meanwhile. What is refused leaves nothing but the reason.
    """
    try:
        with transaction.atomic():
            held = locked(file, by)
            if held.state == State.WHOLE:
                return held
            if held.state == State.REFUSED:
                raise FileRefused(held.refusal)
            key = key_of_upload(held, secret)
            if held.received != held.chunks:
                raise NotAllThere
            _take(held, key)
            record(
                "vault.file_sealed", by=by, about=str(held.safe_id), detail=f"file-{held.pk.hex} {held.kind}"
            )
    except FileRefused as refusal:
        refuse(file, refusal, by)
        raise
    return held


def proof_info(file: SealedFile) -> bytes:
    return info("proof", file.pk)


def _take(file: SealedFile, key: bytes) -> None:
    chunks.remove_copies(file)
    content = _Read(file, key)
    kind = content.kind
    if kind in OPENED:
        seen = look(kind, content)
        file.notices = seen.notices
        with no_space_is_said():
            _keep_copies(file, key, seen)
    else:
        content.read_through()
    file.kind, file.state, file.finished_at = kind, State.WHOLE, timezone.now()
    file.proof = seal_under(key, proof_info(file), pad({"sha256": content.sha256}))
    file.resume_tag = None
    file.save(update_fields=["kind", "state", "finished_at", "proof", "resume_tag", "notices"])


class _Read:
    """The content of a file, opened one chunk at a time, and its hash once all of them were asked for."""

    def __init__(self, file: SealedFile, key: bytes) -> None:
        self._chunks = chunks.read(file, key)
        self._first = next(self._chunks)
        self._hash = hashlib.sha256()

    @property
    def kind(self) -> Kind:
        return kind_taken(self._first)

    def __iter__(self) -> Iterator[bytes]:
        yield self._hashed(self._first)
        for chunk in self._chunks:
            yield self._hashed(chunk)

    def read_through(self) -> None:
        for _chunk in self:
            pass

    def _hashed(self, chunk: bytes) -> bytes:
        self._hash.update(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _keep_copies(file: SealedFile, key: bytes, seen: Seen) -> None:
    wanted = [(Purpose.THUMBNAIL, 0, seen.thumbnail)]
    wanted += [(Purpose.VIEW, page, view) for page, view in enumerate(seen.views)]
    copies = [(_copy_of(file, purpose, page, picture), picture) for purpose, page, picture in wanted]
    for copy, picture in copies:
        chunks.write_all(copy, picture, chunks.key_of_copy(key, copy))
    SealedFile.objects.bulk_create(copy for copy, _picture in copies)


def _copy_of(file: SealedFile, purpose: str, page: int, picture: bytes) -> SealedFile:
    fields: dict[str, Any] = {"of": file, "purpose": purpose, "page": page, "size": len(picture)}
    copy = SealedFile(id=random_id(), safe=file.safe, key_item=file.key_item, kind=Kind.JPEG, **fields)
    copy.received, copy.state, copy.finished_at = copy.chunks, State.WHOLE, timezone.now()
    # Nobody goes on with a copy: it is whole, or not there.
    copy.key_check, copy.uploaded_by = b"", file.uploaded_by
    return copy
