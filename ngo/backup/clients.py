"""PostgreSQL's own programs. Addresses and passwords go by the environment: command lines can be read by others."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

from django.db import connections
from psycopg import pq

from ngo import postgres
from ngo.backup import BackupError

# From this one on pg_restore says things that earlier servers do not understand.
FORWARD_ONLY = 17


def server_major(alias: str = "default") -> int:
    connection = connections[alias]
    connection.ensure_connection()
    return int(connection.connection.info.server_version // 10000)


def program_for(name: str, least: int) -> tuple[Path, int]:
    """Return the program of the lowest version that is at least `least`, and its version."""
    found: dict[int, Path] = {}
    for path in _candidates(name):
        major = _major(path)
        if major >= least:
            found.setdefault(major, path)
    if not found:
        raise BackupError(
            f"{name} of PostgreSQL {least} or newer is missing: install it (Debian: postgresql-client-{least})."
        )
    major = min(found)
    return found[major], major


@contextlib.contextmanager
def dumping(alias: str, snapshot: str | None = None) -> Iterator[tuple[IO[bytes], int]]:
    """Yield the dump of a database as it is made, and the version of the program; a failure comes at the end."""
    program, major = program_for("pg_dump", server_major(alias))
    command: list[str | Path] = [program, "--format=custom", "--compress=1", "--no-password"]
    command += [f"--snapshot={snapshot}"] if snapshot else []
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(alias),
    )
    with process:
        assert process.stdout is not None  # noqa: S101  # asked for above
        assert process.stderr is not None  # noqa: S101
        try:
            yield process.stdout, major
        except BaseException:
            process.kill()
            raise
        _require_success("pg_dump", process, process.stderr.read())


@contextlib.contextmanager
def restoring(alias: str, dump_major: int) -> Iterator[IO[bytes]]:
    """Yield a stream that takes a dump. It is restored whole, in one transaction, or not at all."""
    server = server_major(alias)
    program, major = program_for("pg_restore", max(server, dump_major))
    if major >= FORWARD_ONLY > server:
        raise BackupError(
            f"The backup was made with PostgreSQL {dump_major} and the server here is {server}: "
            f"take a server of version {dump_major} or newer."
        )
    target = str(connections[alias].get_connection_params()["dbname"])
    whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-password", "--dbname", target]
    process = subprocess.Popen(
        [program, *whole],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(alias),
    )
    with process:
        assert process.stdin is not None  # noqa: S101  # asked for above
        assert process.stderr is not None  # noqa: S101
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            # It ended before the dump did, and says why.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
        except BaseException:
            # Before it could commit: what it was given so far is rolled back.
            process.kill()
            raise
        _require_success("pg_restore", process, process.stderr.read())


def environment(alias: str) -> dict[str, str]:
    """What libpq reads, of our own settings alone."""
    params = connections[alias].get_connection_params()
    known = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    given = {
        known[key]: str(value) for key, value in params.items() if key in known and value not in ("", None)
    }
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "HOME": "/nonexistent"} | given


def _candidates(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    with contextlib.suppress(postgres.PostgresError):
        yield postgres.program(name)
    # Debian keeps several versions side by side.
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))


@cache
def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(\.\d+)?", said)
    return int(found[1]) if found else 0


def _require_success(name: str, process: "subprocess.Popen[bytes]", said: bytes) -> None:
    if process.wait():
        lines = said.decode(errors="replace").strip().splitlines() or ["it did not say why"]
        raise BackupError(f"{name} failed: {lines[0]}")
