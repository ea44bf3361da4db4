"""Whom the embedded PostgreSQL runs as, and the folders that user can get to.

An ordinary user runs it in their own name. PostgreSQL refuses to run as root, so there it is a system user of
its own; the folders above its data stay as closed as they are.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

SYSTEM_USER = "safe-conduct"
SYSTEM_FOLDER = Path("/var/lib/safe-conduct")


class PostgresError(Exception):
    """One sentence for the person at the terminal."""


def account_of(directory: Path) -> pwd.struct_passwd:
    """Return whom the server runs as: ourselves, or where we are root an ordinary system user."""
    uid = os.geteuid()
    if uid == 0 and directory.exists():
        uid = directory.stat().st_uid
    if uid != 0:
        try:
            return pwd.getpwuid(uid)
        except KeyError:
            raise PostgresError(f"PostgreSQL needs a user with a name, and user {uid} has none.") from None
    return _system_user()


def _system_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell=/usr/sbin/nologin"]
    # More than once: while another start is adding the same user, the file of users is locked.
    with contextlib.suppress(FileNotFoundError):
        for _attempt in range(20):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(SYSTEM_USER)
            subprocess.run([*command, SYSTEM_USER], capture_output=True, check=False)
            time.sleep(0.05)
    raise PostgresError(
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be created: "
        "create it, or start this as an ordinary user."
    )


def make_parent(directory: Path, account: pwd.struct_passwd) -> None:
    """Make the state folder; where we are root, the server's user may pass through it, not look into it."""
    if not directory.parent.exists():
        directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() != account.pw_uid:
            os.chown(directory.parent, -1, account.pw_gid)
            directory.parent.chmod(0o710)


def home_of(directory: Path, account: pwd.struct_passwd) -> Path:
    """Return where the server lives: `directory`, or a system folder it links to if its user is shut out."""
    if directory.is_symlink() and not directory.exists():
        gone = directory.readlink()
        raise PostgresError(f"{directory} leads to {gone}, which is gone: delete it to begin anew.")
    directory.mkdir(mode=0o700, exist_ok=True)
    home = directory.resolve()
    if os.geteuid() == account.pw_uid:
        return home
    os.chown(home, account.pw_uid, account.pw_gid)
    if not _reachable(account, home, os.R_OK | os.W_OK | os.X_OK):
        directory.rmdir()
        SYSTEM_FOLDER.mkdir(mode=0o755, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix="postgres-", dir=SYSTEM_FOLDER))
        os.chown(home, account.pw_uid, account.pw_gid)
        directory.symlink_to(home)
    return home


def readable_copy(account: pwd.struct_passwd, folders: Sequence[Path], name: str) -> Path:
    """Return the parent of `folders`, or that of a copy of them where the server's user cannot get to all."""
    parent = folders[0].parent
    if all(_reachable(account, folder, os.R_OK | os.X_OK) for folder in folders):
        return parent
    copied = SYSTEM_FOLDER / name
    if not copied.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SYSTEM_FOLDER) as scratch:
            half = Path(scratch) / name
            for folder in folders:
                shutil.copytree(folder, half / folder.name, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", half], check=True)
            # Another start may have put its own copy there meanwhile, which is as good.
            with contextlib.suppress(OSError):
                half.rename(copied)
    return copied


def _reachable(account: pwd.struct_passwd, path: Path, mode: int) -> bool:
    with acting_as(account):
        return os.access(path, mode, effective_ids=True)


@contextlib.contextmanager
def acting_as(account: pwd.struct_passwd) -> Iterator[None]:
    """As root, touch files as the server's user: what it cannot reach fails here, what is made is its own."""
    if os.geteuid() == account.pw_uid:
        yield
        return
    uid, gid, groups = os.geteuid(), os.getegid(), os.getgroups()
    os.setgroups([])
    os.setegid(account.pw_gid)
    os.seteuid(account.pw_uid)
    try:
        yield
    finally:
        os.seteuid(uid)
        os.setegid(gid)
        os.setgroups(groups)
