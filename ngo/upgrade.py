"""`make upgrade`: a backup, the database brought to this version, a check, and back again if that fails."""

import contextlib
import fcntl
import os
import sys
from pathlib import Path

from ngo import newer_postgres, postgres
from ngo.database_copy import DatabaseCopy
from ngo.programs import Programs, RunError
from ngo.run import PRODUCTION, database, find_var_dir, say

CUT_OFF = (
    "An earlier upgrade was cut off. `make upgrade ARGS=--back` goes back to what was there before it; "
    "`make upgrade ARGS=--keep` keeps what is there now and deletes the older state."
)


def main() -> int:
    os.umask(0o077)
    try:
        upgrade(sys.argv[1:])
    except (RunError, postgres.PostgresError) as error:
        sys.stderr.write(f"{error}\n" if str(error) else "")
        return 1
    return 0


def upgrade(arguments: list[str]) -> None:
    folder = find_var_dir()
    directory = folder / "postgres"
    embedded = not os.environ.get("DATABASE_URL")
    if embedded:
        _require_stopped(directory)
        if newer_postgres.was_cut_off(directory):
            _settle_files(directory, arguments)
            return
    moved = embedded and newer_postgres.move_up(directory)
    try:
        with database(folder) as addresses, Programs(addresses) as programs:
            _upgrade(programs, arguments)
    except (RunError, postgres.PostgresError):
        if moved:
            newer_postgres.move_back(directory)
        raise
    if moved:
        newer_postgres.forget(directory)


def _upgrade(programs: Programs, arguments: list[str]) -> None:
    owner, app = programs.environment["DATABASE_OWNER_URL"], programs.environment["DATABASE_URL"]
    copy = DatabaseCopy(owner, app)
    if copy.exists():
        _settle_copy(copy, arguments)
        return
    _back_up(programs)
    copy.make()
    try:
        programs.finish([sys.executable, "-m", "ngo.prepare"])
        programs.finish([sys.executable, "manage.py", "accept_upgrade"])
    except (RunError, KeyboardInterrupt):
        copy.bring_back()
        copy.record("backup.upgrade_undone", "")
        raise RunError(
            "The upgrade failed for the reason above, and the data are again as they were. "
            "Go back to the version of the program you had before you call make run."
        ) from None
    copy.drop()
    say("The data are those of this version. make run starts it.")


def _back_up(programs: Programs) -> None:
    if not os.environ.get("BACKUP_RECIPIENTS") and not PRODUCTION:
        say("No backup: this demo has no keys for one (BACKUP_RECIPIENTS).")
        return
    try:
        programs.finish([sys.executable, "manage.py", "backup", "--before-upgrade"])
    except RunError:
        raise RunError("Without a backup there is no upgrade. Nothing was changed.") from None


def _settle_copy(copy: DatabaseCopy, arguments: list[str]) -> None:
    if arguments == ["--back"]:
        copy.bring_back()
        copy.record("backup.upgrade_undone", "")
        say("The data are again as they were before the upgrade.")
    elif arguments == ["--keep"]:
        copy.drop()
        say("The older state was deleted.")
    else:
        raise RunError(CUT_OFF)


def _settle_files(directory: Path, arguments: list[str]) -> None:
    if arguments == ["--back"]:
        newer_postgres.move_back(directory)
        say("The data are again as they were before the upgrade.")
    elif arguments == ["--keep"]:
        newer_postgres.forget(directory)
        say("The older state was deleted.")
    else:
        raise RunError(CUT_OFF)


def _require_stopped(directory: Path) -> None:
    """Whoever keeps the embedded server up holds this lock."""
    with contextlib.suppress(FileNotFoundError):
        lock = os.open(directory.with_name(f"{directory.name}.users"), os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError("The program runs: end it first (Ctrl-C where make run was called).") from None
        finally:
            os.close(lock)


if __name__ == "__main__":
    sys.exit(main())
