"""One file that holds everything, and that nobody on this machine can open."""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils import timezone

from cases.audit.heads import head_file
from cases.audit.operations import record
from cases.staff.models import Organisation
from cases.vault import ledger, organisation, pepper, sealed_copies
from cases.vault.moment import one_moment
from cases.vault.refusals import LedgerUnusable
from cases.vault.soundness import check
from ngo.backup import BackupError, age, archive, clients, keeping
from ngo.backup.archive import Tally
from ngo.backup.manifest import FORMAT, Manifest, applied_migrations, counts, program_version

Member = tuple[str, bytes]


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    sha256: str
    removed: int
    manifest: Manifest


def make_backup(*, to: Path | None = None, check_vault: bool = True) -> Made:
    """Write a backup of this moment, remove those that are too old, and record it.

    The file gets its name when all of it is on the disk: what bears a backup's name is whole.
    """
    recipients = [age.recipient(key) for key in settings.BACKUP_RECIPIENTS]
    if not recipients:
        raise BackupError(
            "BACKUP_RECIPIENTS is not set: name the public age keys (the line age1… in backup-key.txt) whose private halves "
            "are kept away from here."
        )
    folder, now = to or settings.BACKUP_DIR, timezone.now()
    with keeping.alone_in(folder):
        half, whole = keeping.paths_for(folder, now)
        try:
            with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                sink = _Hashed(file)
                content = _Content(check_vault)
                age.encrypt(iter(content), sink, recipients)  # type: ignore[arg-type]  # it is only written to
                file.flush()
                os.fsync(file.fileno())
            half.rename(whole)
        finally:
            half.unlink(missing_ok=True)
        # That there is none beside a backup is to mean that it was lost, and not that nobody was erased yet.
        with contextlib.suppress(LedgerUnusable):
            ledger.begin()
        removed = keeping.remove_old(folder, days=settings.BACKUP_DAYS, now=now)
    made = Made(whole, sink.size, sink.sha256, len(removed), content.manifest)
    detail = f"{whole.name}, {made.size} bytes, sha256 {made.sha256}"
    record("backup.made", by=None, detail=f"{detail}, removed {made.removed}")
    return made


class _Content:
    """The content of a backup, made while it is read. Afterwards `manifest` says what it was."""

    manifest: Manifest

    def __init__(self, check_vault: bool) -> None:
        self._check_vault = check_vault

    def __iter__(self) -> Iterator[bytes]:
        tally, storage = Tally(), storages["sealed"]
        # Heads that were written before the dump are of rows in the dump.
        yield from archive.joined(_kept_files(), tally)
        before = set(_names(storage))
        yield from archive.joined(_files(storage, before), tally)
        with one_moment() as snapshot:
            findings = {one.code: one.count for one in check()} if self._check_vault else None
            numbers, applied = counts(), applied_migrations()
            with clients.dumping("default", snapshot) as (dump, dump_major):
                yield from archive.joined(archive.in_pieces("database", dump), tally)
        # What was stored meanwhile may have its row in the dump already.
        yield from archive.joined(_files(storage, set(_names(storage)) - before), tally)
        self.manifest = Manifest(
            FORMAT,
            Organisation.objects.values_list("kind", flat=True).first() or "",
            timezone.now().isoformat(),
            program_version(),
            clients.server_major(),
            dump_major,
            applied,
            tally.as_dict(),
            numbers,
            findings,
            sealed_copies.check_of(pepper.load()),
        )
        yield archive.member(archive.MANIFEST, self.manifest.as_bytes())
        yield archive.end()


def _kept_files() -> Iterator[Member]:
    yield "pepper.sealed", sealed_copies.sealed("pepper", pepper.load())
    # Second factors are encrypted under it: with another one, nobody who uses codes could log in.
    yield "secret-key.sealed", sealed_copies.sealed("secret key", settings.SECRET_KEY.encode())
    yield "organisation.pub", organisation.public().raw
    for name, path in (("audit-heads.log", head_file()), ("erasures.log", settings.ERASURE_LEDGER)):
        if path.exists():
            for number, start in enumerate(range(0, path.stat().st_size, archive.PIECE)):
                yield f"{name}/{number:08d}", _slice(path, start)


def _slice(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(archive.PIECE)


def _names(storage: Storage) -> Iterator[str]:
    try:
        folders, _loose = storage.listdir("")
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        _deeper, names = storage.listdir(folder)
        # What begins with a dot is being written.
        yield from (f"{folder}/{name}" for name in sorted(names) if not name.startswith("."))


def _files(storage: Storage, names: Iterable[str]) -> Iterator[Member]:
    for name in sorted(names):
        try:
            with storage.open(name) as file:
                content = file.read()
        except FileNotFoundError:
            continue  # removed meanwhile, and so is its row
        yield f"files/{name}", content


class _Hashed:
    """Hashes and counts what is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()
