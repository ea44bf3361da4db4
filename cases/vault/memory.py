"""The run-time folder: in memory, for one user only, gone when the machine is switched off."""

import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

from cases.vault.refusals import NotInMemory, NotPrivate

KEY_BYTES = 32
_IN_MEMORY = {"tmpfs", "ramfs"}


def folder() -> Path:
    """Return the folder, made if need be; refuse one that lies on a disk or that others can enter."""
    path = Path(settings.RUNTIME_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise NotPrivate
    if _file_system(found.st_dev) not in _IN_MEMORY:
        raise NotInMemory
    return path


def write(path: Path, content: bytes) -> None:
    """Make a new file in the folder, for this user alone."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)


def boot_key() -> bytes:
    """Return the secret of this start of the machine; made once for all workers, of which several may ask first."""
    path = Path(settings.RUNTIME_DIR) / "boot-key"
    if not path.exists():
        folder()
        fresh = path.with_name(f"boot-key-{secrets.token_hex(8)}")
        write(fresh, secrets.token_bytes(KEY_BYTES))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def _file_system(device: int) -> str:
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        mount, _, source = line.partition(" - ")
        if mount.split()[2] == number:
            return source.split()[0]
    return ""
