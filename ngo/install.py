"""Makes `.venv` and installs what a requirements file lists, each package checked against its hash.

Runs before anything is installed, and on a Python that may be too old: it needs only the standard library,
and only syntax that Python 3.6 can read, so that it can say so.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOG = VENV / "install.log"
# What pip says, in small letters, and what that means to somebody who has never seen pip.
MEANINGS = (
    ("no space left on device", "The disk is full: the packages need about 600 MB."),
    ("do not match the hashes", "A package is not the one that was locked, so nothing of it was installed."),
    ("name resolution", "The packages could not be fetched: there is no network."),
    ("name or service not known", "The packages could not be fetched: there is no network."),
    ("newconnectionerror", "The packages could not be fetched: the package index cannot be reached."),
    ("timed out", "The packages could not be fetched: the network is too slow or blocked."),
    ("certificate_verify_failed", "The packages could not be fetched: the index shows a wrong certificate."),
)


class InstallError(Exception):
    """One sentence for the person at the terminal."""


def main(name: str) -> None:
    requirements = ROOT / name
    try:
        # Two installations at once would trip over each other; the folder itself serves as the lock.
        folder = os.open(str(ROOT), os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if not _is_installed(requirements):
                _install(requirements)
        finally:
            os.close(folder)
    except InstallError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped before all packages were there; the next time goes on from here.")
    except OSError as error:
        sys.exit(f"The packages could not be installed: {error.filename or VENV}: {error.strerror}.")


def _install(requirements: Path) -> None:
    if not _version():
        if sys.version_info < OLDEST:
            raise InstallError(
                f"Python {_dotted(OLDEST)} or newer is needed, this is {_dotted(sys.version_info[:3])}; "
                f"if a newer one is there, name it: make PYTHON=python{_dotted(OLDEST)}"
            )
        _create_venv()
    sys.stdout.write("Installing the packages into .venv: once, up to a minute ...\n")
    sys.stdout.flush()
    pip = [str(VENV / "bin" / "python"), "-m", "pip"]
    if subprocess.run([*pip, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        pip = [sys.executable, "-m", "pip", "--python", str(VENV / "bin" / "python")]
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--retries=2", "--no-input"]
    _run([*pip, "install", "--disable-pip-version-check", *options, "-r", str(requirements)])
    _stamp(requirements).write_text(_mark(requirements))
    # The development list holds everything of the other one, from the same lock.
    if requirements.name == "requirements-dev.txt":
        _stamp(ROOT / "requirements.txt").write_text(_mark(ROOT / "requirements.txt"))


def _create_venv() -> None:
    # Made without pip where Debian's python3-venv is missing; the system's own pip then fills it.
    for extra in ([], ["--without-pip"]):
        command = [sys.executable, "-m", "venv", "--clear", *extra, str(VENV)]
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding=sys.getfilesystemencoding(),
            errors="replace",
        )
        if "no space left" in done.stdout.lower():
            raise InstallError(MEANINGS[0][1])
        if done.returncode == 0 and (not extra or _system_pip()):
            return
    raise InstallError(
        "Python cannot make a virtual environment here: install python3-venv (apt install python3-venv)."
    )


def _system_pip() -> bool:
    asked = [sys.executable, "-m", "pip", "--version"]
    return not subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def _run(command: list) -> None:  # type: ignore[type-arg]  # Python 3.8 does not know list[str]
    with LOG.open("w") as log:
        code = subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        ).returncode
    if code:
        said = LOG.read_text(errors="replace")
        for words, meaning in MEANINGS:
            if words in said.lower():
                raise InstallError(f"{meaning} Details: {LOG}")
        errors = [line for line in said.splitlines() if line.startswith("ERROR")]
        raise InstallError(f"The packages could not be installed. {(errors or ['']).pop()} Details: {LOG}")


def _is_installed(requirements: Path) -> bool:
    stamp = _stamp(requirements)
    return stamp.exists() and bool(_version()) and stamp.read_text() == _mark(requirements)


def _mark(requirements: Path) -> str:
    """Another list, or another Python under the same folder, calls for a new installation."""
    return f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} python {_version()}\n"


def _stamp(requirements: Path) -> Path:
    return VENV / (requirements.name + ".installed")


def _version() -> str:
    """Return the version of the Python in `.venv`, or nothing where it is missing, broken or too old."""
    question = f"import sys; print('%d.%d' % sys.version_info[:2] * (sys.version_info >= {OLDEST}))"
    try:
        asked = subprocess.run(
            [str(VENV / "bin" / "python"), "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return ""
    return asked.stdout.decode().strip()


def _dotted(version: tuple) -> str:  # type: ignore[type-arg]  # Python 3.8 does not know tuple[int, ...]
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    main(sys.argv[1])
