"""The folder of the backups: their names, and which of them are old."""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ngo.backup import BackupError

NAME = re.compile(r"safe-conduct-(\d{8}T\d{6}Z)\.age")
_HALF = re.compile(r"\.safe-conduct-\d{8}T\d{6}Z\.age\.part")
_TIME = "%Y%m%dT%H%M%SZ"
ALWAYS_KEPT = 2


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one backup at a time write here; what a killed one left is removed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise BackupError(f"The folder {folder} cannot be used: {error.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for path in folder.iterdir():
            if _HALF.fullmatch(path.name):
                path.unlink()
        yield
        os.fsync(lock)
    except BlockingIOError:
        raise BackupError(f"Another backup is being written to {folder} at this moment.") from None
    finally:
        os.close(lock)


def paths_for(folder: Path, moment: datetime) -> tuple[Path, Path]:
    """Return where a backup is written, and what it is called once it is whole."""
    whole = folder / f"safe-conduct-{moment.astimezone(UTC).strftime(_TIME)}.age"
    return whole.with_name(f".{whole.name}.part"), whole


def made_at(path: Path) -> datetime | None:
    found = NAME.fullmatch(path.name)
    return datetime.strptime(found[1], _TIME).replace(tzinfo=UTC) if found else None


def backups_in(folder: Path) -> list[Path]:
    """The whole backups of a folder, the newest first."""
    paths = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in paths if made_at(path)), key=lambda path: path.name, reverse=True)


def remove_old(folder: Path, *, days: int, now: datetime) -> list[Path]:
    """Remove what is older than `days`, and never the last two, whatever the clock says."""
    before = now - timedelta(days=days)
    old = [path for path in backups_in(folder)[ALWAYS_KEPT:] if (made_at(path) or now) < before]
    for path in old:
        path.unlink()
    return old
