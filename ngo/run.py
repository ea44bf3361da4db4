"""`make run`: the database, the web server and the worker, until Ctrl-C ends all of them.

With arguments it runs one management command instead, with the database up and migrated.
"""

import contextlib
import errno
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from ngo import postgres
from ngo.environment import runtime_folder
from ngo.programs import Programs, RunError, die_with_parent

ROOT = Path(__file__).resolve().parent.parent
LEAST_FREE = 200 * 1024 * 1024
PRODUCTION = os.environ.get("SAFE_CONDUCT_MODE") == "production"
# Commands for an organisation that is there already: a new demo is never what their caller meant.
FOR_WHAT_IS_THERE = (
    "audit_verify",
    "backup",
    "colleagues",
    "confirm_key",
    "drill",
    "duty_officers",
    "let_in",
    "rescue_link",
    "vault_check",
    "vault_recover",
)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A program started with nohup is meant to outlive its terminal.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    # What is written to VAR_DIR is for nobody else on this machine.
    os.umask(0o077)
    try:
        if sys.argv[1:]:
            return manage(sys.argv[1:])
        serve()
    except KeyboardInterrupt:
        say("Stopped.")
        return 0
    except (RunError, postgres.PostgresError) as error:
        sys.stderr.write(f"{error}\n" if str(error) else "")
    return 1


def serve() -> None:
    """Serve until something ends: this returns by an exception only."""
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    var_dir = find_var_dir()
    _require_free_port(host, port)
    _require_space(var_dir)
    with database(var_dir) as addresses, locked_afterwards(var_dir), Programs(addresses) as programs:
        if "MAKELEVEL" in os.environ:
            die_with_parent()
        python = [sys.executable, "-m"]
        programs.finish([*python, "ngo.prepare", "serve"])
        # Who serves needs no right to change tables.
        programs.forget("DATABASE_OWNER_URL")
        programs.start("web server", [*python, "granian", *_granian_options(host, port)])
        programs.start("worker", [sys.executable, "manage.py", "procrastinate", "worker"])
        _wait_for_answer(host, port, programs)
        say(_welcome(host, port))
        while True:
            time.sleep(1)
            programs.require_all()
            _require_database(var_dir)


@contextlib.contextmanager
def locked_afterwards(var_dir: Path) -> Iterator[None]:
    """What was unlocked does not outlive the program."""
    try:
        yield
    finally:
        shutil.rmtree(runtime_folder(var_dir), ignore_errors=True)


def manage(command: list[str]) -> int:
    if command[0] in FOR_WHAT_IS_THERE:
        _require_something_there(find_var_dir())
    with database(find_var_dir()) as addresses, Programs(addresses) as programs:
        # A backup is restored into a database without tables.
        if command[0] != "restore":
            programs.finish([sys.executable, "-m", "ngo.prepare"])
        return subprocess.call([sys.executable, "manage.py", *command], env=programs.environment)


def _require_something_there(var_dir: Path) -> None:
    if "DATABASE_URL" not in os.environ and not (var_dir / "postgres").exists():
        raise RunError(
            f"There is no organisation in {var_dir}. Set VAR_DIR, SAFE_CONDUCT_MODE and the other variables in this terminal "
            "as where the program was started."
        )


def say(text: str) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _granian_options(host: str, port: int) -> list[str]:
    server = ["--host", host, "--port", str(port), "--interface", "wsgi", "--no-ws"]
    processes = ["--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "3"]
    return [*server, *processes, "--log-level", "warning", "ngo.wsgi:application"]


def find_var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").expanduser().resolve()


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise RunError(f"PORT is {given!r}; it must be a number from 1 to 65535.")
    return int(given)


def _require_free_port(host: str, port: int) -> None:
    """Ask before the server does: several of its processes may share a port, so it would not notice."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise RunError(
                f"Port {port} is taken: end what uses it, or take another, e.g. make run PORT={port + 1}"
            ) from error
        if error.errno == errno.EACCES:
            raise RunError(f"Port {port} is for root only: take one above 1023, e.g. PORT=8000.") from error
        raise RunError(f"HOST is {host!r}, which is no address of this machine.") from error


def _require_space(var_dir: Path) -> None:
    there = next(folder for folder in (var_dir, *var_dir.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        raise RunError(f"The disk that holds {var_dir} is full: {free >> 20} MB are free, 200 are needed.")


@contextlib.contextmanager
def database(var_dir: Path) -> Iterator[dict[str, str]]:
    """Yield the environment: addresses of the server that was given, or of the embedded one, kept up."""
    app, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if app:
        for name, url in (("DATABASE_URL", app), ("DATABASE_OWNER_URL", owner or app)):
            _require_usable(name, url)
        yield {"VAR_DIR": str(var_dir), "DATABASE_URL": app, "DATABASE_OWNER_URL": owner or app}
    elif owner:
        raise RunError("DATABASE_OWNER_URL is set and DATABASE_URL is not: set both, or neither.")
    else:
        directory = var_dir / "postgres"
        with postgres.using(directory):
            yield {
                "VAR_DIR": str(var_dir),
                "DATABASE_URL": postgres.address(directory, role="app"),
                "DATABASE_OWNER_URL": postgres.address(directory, role="owner"),
            }


def _require_usable(name: str, url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=5, client_encoding="utf8") as connection:
            row = connection.execute("SELECT upper('я') = 'Я'").fetchone()
            version = connection.info.server_version
    except psycopg.ProgrammingError as error:
        raise RunError(f"{name} is no PostgreSQL address like postgresql://user@host/name.") from error
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["no answer"])[0]
        raise RunError(f"The database in {name} cannot be used: {reason}") from error
    if row != (True,):
        raise RunError(f"The database in {name} does not know Cyrillic letters: make it in UTF8 and C.UTF-8.")
    if version < 140000:
        raise RunError(f"The database in {name} is PostgreSQL {version // 10000}; 14 or newer is needed.")


def _require_database(var_dir: Path) -> None:
    """A server of one's own may come back by itself; the embedded one has only us."""
    if not os.environ.get("DATABASE_URL") and not postgres.running(var_dir / "postgres"):
        raise RunError("The database ended by itself, so everything was ended; the next start repairs it.")


def _wait_for_answer(host: str, port: int, programs: Programs) -> None:
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # what was asked for, not what we open
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        programs.require_all()
        connection = http.client.HTTPConnection(local, port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz", headers={"Host": _known_host()})
            if connection.getresponse().status < 500:
                return
        time.sleep(0.1)
    raise RunError("The web server does not answer; what it said stands above.")


def _known_host() -> str:
    """A host that the settings let in: in production that is rarely the address the server listens on."""
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return first if first not in ("", "*") else "localhost"


def _welcome(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    lines = [f"\nSafe Conduct runs at http://{shown}:{port}"]
    if PRODUCTION:
        lines += [
            "It answers the proxy in front, which ends TLS; a browser goes to the name of your installation."
        ]
        if not os.environ.get("BACKUP_RECIPIENTS"):
            lines += [
                "NO BACKUP is made at night: BACKUP_RECIPIENTS is not set (docs/operating.md, Backups)."
            ]
    else:
        lines += [
            "This is a demo with invented people: open the address and log in with one click on a role."
        ]
        if host not in ("127.0.0.1", "::1", "localhost"):
            lines += ["Whoever can reach this machine can log in to the demo as well."]
        if os.geteuid() == 0:
            lines += ["It runs as root, which is fine for a demo; production refuses to."]
    return "\n".join([*lines, "Ctrl-C ends it.\n"])


if __name__ == "__main__":
    sys.exit(main())
