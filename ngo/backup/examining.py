"""Reading a backup once without keeping anything: whether it is whole, and what it was made with."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from cases.staff.models import Organisation
from ngo.backup import BackupError, age, archive
from ngo.backup.archive import Tally
from ngo.backup.manifest import FORMAT, Manifest

_KNOWN = re.compile(
    r"files/[0-9a-f]{32}/[0-9a-f]{32}-\d+|database/\d{8}|pepper\.sealed|secret-key\.sealed|organisation\.pub"
    r"|(audit-heads\.log|erasures\.log)/\d{8}"
)
_LARGE = ("files", "database")


@dataclass(frozen=True)
class Examined:
    path: Path
    sha256: str
    manifest: Manifest
    # The small parts, whole; the large ones were only counted.
    kept: dict[str, bytes] = field(repr=False)


def examine(path: Path, keys: list[age.Identity]) -> Examined:
    """Read all of a backup and compare every part with the manifest."""
    tally, kept, manifest = Tally(), dict[str, bytes](), None
    with age.decrypted(path, keys) as stream:
        for name, content in archive.members(stream):
            if name == archive.MANIFEST:
                manifest = Manifest.parse(content)
                continue
            tally.add(name, content)
            top = name.partition("/")[0]
            if top not in _LARGE:
                kept[top] = kept.get(top, b"") + content
            if not _KNOWN.fullmatch(name) or manifest is not None:
                raise BackupError("This is no backup of this program: it holds what a backup never does.")
    if (
        manifest is None
        or not {"pepper.sealed", "secret-key.sealed", "organisation.pub", "database"} <= tally.parts.keys()
    ):
        raise BackupError(f"{path.name} is no whole backup of this program: parts of it are missing.")
    if manifest.format != FORMAT or tally.as_dict() != manifest.parts:
        raise BackupError(f"{path.name} does not hold what its manifest says; nothing of it was used.")
    return Examined(path, sha256_of(path), manifest, kept)


def require_fitting(manifest: Manifest) -> None:
    """Refuse what this program must not or cannot restore: another kind of organisation, or a newer program."""
    kind = Organisation.Kind.DEMO if settings.DEMO else Organisation.Kind.REAL
    if manifest.kind not in ("", kind):
        mode = "demo" if manifest.kind == Organisation.Kind.DEMO else "production"
        raise BackupError(
            f"This is the backup of a {manifest.kind} organisation, and it stays one: set SAFE_CONDUCT_MODE={mode}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(connections["owner"]).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"This backup was made by a newer version of the program (it knows {newer[-1]}): take that one or a later one."
        )


def large_members(path: Path, keys: list[age.Identity]) -> Iterator[tuple[str, bytes]]:
    with age.decrypted(path, keys) as stream:
        for name, content in archive.members(stream):
            if name.partition("/")[0] in _LARGE:
                yield name, content


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
