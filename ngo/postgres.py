"""The embedded PostgreSQL: a thin supervisor over server binaries that come as a wheel.

Only the user who started it can connect and, where that is root, the system user the server runs as. The
wheel's own Python package is not imported: it opens folders, sockets and logs wider than this data allows.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from ngo.postgres_programs import (
    WHEEL,
    data_version,
    installed,
    installed_version,
    kept_programs,
    name_of,
    program,
    programs_for,
)
from ngo.server_user import PostgresError, account_of, acting_as, home_of, make_parent, readable_copy

__all__ = [
    "PostgresError",
    "address",
    "data_version",
    "installed",
    "installed_version",
    "kept_programs",
    "program",
    "remove",
    "running",
    "start",
    "stop",
    "using",
]

DATABASE = "safe_conduct"
ROLES = Path(__file__).with_name("roles.sql")
# The portable limit: on some systems the path of a socket has 104 bytes, the last of them zero.
LONGEST_SOCKET = 103
# PostgreSQL's own C.UTF-8 knows Cyrillic letters whatever the locale of the machine is.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    # The log must not repeat what somebody typed: no failing statement, no DETAIL line, no parameter; and no message of
    # a failing statement either ("log" leaves out errors and keeps what ends a connection or the server), for it may
    # quote a value: invalid input syntax for type uuid: "…".
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_parameter_max_length_on_error=0",
)


@contextlib.contextmanager
def using(directory: Path, settings: Sequence[str] = (), *, keep: bool = True) -> Iterator[None]:
    """Keep the server up inside the block. Several programs may do so at once; the last to leave stops it.

    With `keep=False` the last to leave also removes its data.
    """
    with _sentences(directory):
        make_parent(directory, account_of(directory))
        users = _lock(directory, "users", fcntl.LOCK_SH)
    try:
        start(directory, settings)
        yield
    finally:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stop(directory) if keep else remove(directory)
        os.close(users)


def start(directory: Path, settings: Sequence[str] = ()) -> None:
    """Bring up the server of `directory`, made if it is not there; one that already runs is left as it is."""
    with _sentences(directory):
        account = account_of(directory)
        make_parent(directory, account)
        lock = _lock(directory, "lock", fcntl.LOCK_EX)
        try:
            if not running(directory):
                _launch(home_of(directory, account), account, programs_for(directory), settings)
        finally:
            os.close(lock)


def stop(directory: Path) -> None:
    with _sentences(directory):
        account, data = account_of(directory), directory.resolve() / "data"
        try:
            _run(
                account,
                programs_for(directory) / "pg_ctl",
                "stop",
                "--pgdata",
                data,
                "--mode=fast",
                "--timeout=30",
            )
        except PostgresError:
            if running(directory):
                raise


def remove(directory: Path) -> None:
    """Stop the server and delete its data: for a database that was made for a test."""
    stop(directory)
    with _sentences(directory):
        home = directory.resolve()
        if home.exists():
            shutil.rmtree(_socket_folder(home, home.stat().st_uid), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
        if directory.is_symlink():
            directory.unlink()


def running(directory: Path) -> bool:
    home = directory.resolve()
    if not home.exists():
        return False
    host = _socket_folder(home, home.stat().st_uid)
    question: list[str | Path] = [
        program("pg_isready"),
        "--quiet",
        "--timeout=5",
        "--port=5432",
        # Without a role the question itself would be logged as a refusal, once a second.
        "--username=app",
        f"--dbname={DATABASE}",
        "--host",
        host,
    ]
    return subprocess.run(question, env=_environment(), check=False).returncode == 0


def address(directory: Path, *, role: str = "app", database: str = DATABASE) -> str:
    """Return the URL at which `role` finds the server of `directory`, whether it runs or not."""
    home = directory.resolve()
    uid = home.stat().st_uid if home.exists() else os.geteuid()
    server = {"host": _socket_folder(home, uid), "port": 5432, "user": role}
    return f"postgresql:///{quote(database)}?{urlencode(server, quote_via=quote, safe='')}"


def _launch(home: Path, account: pwd.struct_passwd, programs: Path, settings: Sequence[str]) -> None:
    data, log, sockets = home / "data", home / "log", _socket_folder(home, account.pw_uid)
    with acting_as(account):
        sockets.mkdir(mode=0o700, exist_ok=True)
        prepared = data.exists()
    if not prepared:
        _prepare(home, account, programs)
    with acting_as(account):
        _write_access(data, account)
        _forget_stale_pid(data, sockets)
    quoted = str(sockets).replace('"', '""')
    wanted = (*SETTINGS, f'unix_socket_directories="{quoted}"', *settings)
    options = shlex.join(part for setting in wanted for part in ("-c", setting))
    try:
        _run(
            account,
            programs / "pg_ctl",
            "start",
            "-D",
            data,
            "--log",
            log,
            "--timeout=60",
            "--options",
            options,
        )
    except PostgresError:
        raise PostgresError(_reason("server", log.read_text()[-2000:]) + f" (log: {log})") from None


def _prepare(home: Path, account: pwd.struct_passwd, programs: Path) -> None:
    """Make the data folder under another name and rename it last: nothing is left half-made."""
    new = home / "data.new"
    with acting_as(account):
        shutil.rmtree(new, ignore_errors=True)
    superuser = ("--username=postgres", "--auth=peer", "--no-instructions")
    _run(account, programs / "initdb", "--pgdata", new, *superuser, *LOCALE)
    # A server of one process: it reads statements up to a blank line (-j), before anybody can connect.
    alone = ("--single", "-j", "-D", new, "-c", "exit_on_error=on", "template1")
    _run(account, programs / "postgres", *alone, typed=ROLES.read_text(encoding="utf-8"))
    with acting_as(account):
        new.rename(home / "data")


def _write_access(data: Path, account: pwd.struct_passwd) -> None:
    """The kernel tells who asks: the two roles are open to us and nobody else, the superuser to no one."""
    people = {account.pw_name, pwd.getpwuid(os.getuid()).pw_name}
    lines = [f'safe_conduct "{person}" {role}\n' for person in sorted(people) for role in ("owner", "app")]
    (data / "pg_ident.conf").write_text("".join(lines))
    (data / "pg_hba.conf").write_text("local all owner,app peer map=safe_conduct\n")


def _forget_stale_pid(data: Path, sockets: Path) -> None:
    """A crash leaves a process id behind that may be another program's by now: PostgreSQL believes it."""
    if sys.platform != "linux":
        return
    deadline = time.monotonic() + 15
    while _postgres_works_in(data):
        if time.monotonic() > deadline:
            raise PostgresError(f"A PostgreSQL that answers nobody still works in {data}: end it first.")
        time.sleep(0.05)
    for stale in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        stale.unlink(missing_ok=True)


def _postgres_works_in(data: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, PermissionError, ProcessLookupError):
            if (process / "comm").read_text() == "postgres\n" and (process / "cwd").readlink() == data:
                return True
    return False


def _socket_folder(home: Path, uid: int) -> Path:
    if len(os.fsencode(home / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return home
    # A folder that somebody else put there first is refused, so the common folder does no harm.
    folder = Path(f"/tmp/safe-conduct-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}")  # noqa: S108
    with contextlib.suppress(FileNotFoundError):
        found = folder.lstat()
        if found.st_uid != uid or found.st_mode != 0o040700:
            raise PostgresError(f"{folder} belongs to somebody else: delete it, or choose a shorter VAR_DIR.")
    return folder


def _lock(directory: Path, name: str, kind: int) -> int:
    file = os.open(directory.with_name(f"{directory.name}.{name}"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(file, kind)
    return file


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGPORT, PGOPTIONS, LC_ALL and their like would change what is started."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _run(account: pwd.struct_passwd, command: Path, *arguments: str | Path, typed: str = "") -> None:
    other, name = os.geteuid() != account.pw_uid, command.name
    if other:
        site = command.parents[3]
        # The programs look for their libraries in the folder beside their own.
        folders = (site / WHEEL, site / f"{WHEEL}.libs")
        copied = readable_copy(account, folders, f"programs-{name_of(site)}")
        command = copied / command.relative_to(site)
    done = subprocess.run(
        [command, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd="/",
        env=_environment(),
        user=account.pw_uid if other else None,
        group=account.pw_gid if other else None,
        extra_groups=[] if other else None,
        check=False,
    )
    if done.returncode:
        raise PostgresError(_reason(name, done.stdout + done.stderr))


def _reason(name: str, output: str) -> str:
    if "No space left on device" in output:
        return "The disk is full: PostgreSQL cannot write."
    lines = output.splitlines() or ["it did not say why"]
    told = [line for line in lines if "FATAL" in line or "ERROR" in line or "error:" in line]
    return f"PostgreSQL's {name} failed: {(told or lines)[-1].strip()}"


@contextlib.contextmanager
def _sentences(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise PostgresError(f"The disk that holds {directory} is full.") from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PostgresError(f"{directory} is closed to this user: choose another VAR_DIR.") from error
        raise PostgresError(f"{directory}: {error.strerror}.") from error
