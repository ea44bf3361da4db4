"""Trying a backup: it is restored beside the running system, looked at, compared, and deleted."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from cases.audit.operations import record
from ngo import postgres
from ngo.backup import BackupError, age, keeping
from ngo.backup.examining import Examined, examine, require_fitting

_PREFIX = "drill-"
# What is deleted in a minute need not wait for the disk.
_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_OWN = ("PEPPER_FILE", "ORGANISATION_KEY_FILE", "BACKUP_DIR", "DATABASE_URL", "DATABASE_OWNER_URL", "VAR_DIR")


def newest_backup() -> Path:
    found = keeping.backups_in(settings.BACKUP_DIR)
    if not found:
        raise BackupError(f"There is no backup in {settings.BACKUP_DIR}.")
    return found[0]


def drill(*, path: Path, identity: Path, pepper: Path) -> Examined:
    """Prove that a backup can be restored, and record it. What does not hold is recorded as well, and raised."""
    try:
        backup = examine(path, age.identities(identity))
        require_fitting(backup.manifest)
        with _alone(), _folder() as folder, _throw_away(folder) as addresses:
            _restore(path, identity, pepper, folder, addresses)
    except (BackupError, postgres.PostgresError) as error:
        record("backup.drill_failed", by=None, detail=f"{path.name}: {error}")
        raise
    counts = ", ".join(f"{name} {number}" for name, number in backup.manifest.counts.items())
    record("backup.proven", by=None, detail=f"{path.name}, sha256 {backup.sha256}, {counts}")
    return backup


def _restore(path: Path, identity: Path, pepper: Path, folder: Path, addresses: dict[str, str]) -> None:
    """The real command, in a process of its own that knows nothing of the running system."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(path.resolve())]
    command += ["--identity", str(identity.resolve()), "--pepper", str(pepper.resolve()), "--json"]
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    environment |= {"VAR_DIR": str(folder), "SAFE_CONDUCT_MODE": settings.MODE} | addresses
    done = subprocess.run(
        command,
        env=environment,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        new = json.loads(done.stdout)["new"] if done.stdout.startswith("{") else []
        raise BackupError(" ".join(new) or (done.stderr.strip().splitlines() or ["it did not say why"])[-1])


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One drill at a time; what a killed one left behind is removed first."""
    lock = os.open(settings.VAR_DIR / "drill.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in Path(settings.VAR_DIR).glob(f"{_PREFIX}*/"):
            _remove(left)
        yield
    except BlockingIOError:
        raise BackupError("Another drill is under way.") from None
    finally:
        os.close(lock)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Beside the real data, so that nothing of them comes to a disk that is not meant for them."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=settings.VAR_DIR))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    with contextlib.suppress(postgres.PostgresError):
        postgres.remove(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _throw_away(folder: Path) -> Iterator[dict[str, str]]:
    """A server of its own where its programs are installed, else a database beside the real one."""
    if postgres.installed():
        directory = folder / "postgres"
        with postgres.using(directory, _FORGETFUL, keep=False):
            yield {
                "DATABASE_URL": postgres.address(directory, role="app"),
                "DATABASE_OWNER_URL": postgres.address(directory, role="owner"),
            }
    else:
        with _database_beside() as name:
            yield {
                "DATABASE_URL": _address("default", name),
                "DATABASE_OWNER_URL": _address("owner", name),
            }


@contextlib.contextmanager
def _database_beside() -> Iterator[str]:
    name = f"drill_{secrets.token_hex(8)}"
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^drill_[0-9a-f]{16}$'")
        for (left,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {left} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template1")
        try:
            yield name
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _address(alias: str, database: str) -> str:
    own = connections[alias].settings_dict
    parts = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    kept = {name: value for name, value in own["OPTIONS"].items() if name.startswith("ssl")}
    return make_conninfo(
        "", dbname=database, **{name: value for name, value in (parts | kept).items() if value}
    )
