"""Moves the embedded database to a newer version of PostgreSQL: its files are not readable by another version."""

import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from ngo import default_rights, postgres
from ngo.postgres import PostgresError


def move_up(directory: Path) -> bool:
    """Return whether there was anything to move. The old files stay beside, until `forget` or `move_back`."""
    version = postgres.data_version(directory)
    if version is None or version == postgres.installed_version():
        return False
    if version > postgres.installed_version():
        raise PostgresError(
            f"The data are of PostgreSQL {version}, which is newer than the programs: take those."
        )
    fresh = directory.with_name(f"{directory.name}.new")
    postgres.remove(fresh)
    with postgres.using(directory), postgres.using(fresh):
        _pour(postgres.address(directory, role="owner"), postgres.address(fresh, role="owner"))
    directory.rename(_before(directory))
    fresh.rename(directory)
    return True


def move_back(directory: Path) -> None:
    postgres.remove(directory)
    _before(directory).rename(directory)


def forget(directory: Path) -> None:
    postgres.remove(_before(directory))
    shutil.rmtree(postgres.kept_programs(directory), ignore_errors=True)


def was_cut_off(directory: Path) -> bool:
    return _before(directory).exists()


def _before(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.before")


def _pour(source: str, target: str) -> None:
    """From one server into the other, without a file in between. Nobody needs a password on these sockets."""
    with psycopg.connect(target) as database:
        for statement in default_rights.TAKE:
            database.execute(SQL(statement).format(app=Identifier("app")))
    dump: list[str | Path] = [
        postgres.program("pg_dump"),
        "--format=custom",
        "--compress=0",
        "--dbname",
        source,
    ]
    whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--dbname", target]
    with subprocess.Popen(dump, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        restored = subprocess.run(
            [postgres.program("pg_restore"), *whole], stdin=reading.stdout, capture_output=True, check=False
        )
        said = reading.stderr.read() if reading.stderr else b""
    if reading.returncode or restored.returncode:
        lines = (said or restored.stderr).decode(errors="replace").strip().splitlines() or [""]
        raise PostgresError(f"The data could not be moved to the newer PostgreSQL: {lines[0]}")
