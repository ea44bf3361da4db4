"""Which cases were erased, beside the backups: a backup older than that still holds them, and a restore erases them again.

A line names random ids and a time, and nobody. Each is signed with the pepper over the line before it, so that none can
be planted, changed or taken out of the middle; that the end is still there, the log tells. A line is written and on the
disk before its case is touched: whatever happens between, the case is erased in the end, and none is that is not here.
"""

import contextlib
import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from cases.vault import pepper
from cases.vault.envelope import derive, info
from cases.vault.files.storage import settle
from cases.vault.refusals import LedgerForged, LedgerUnusable

_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Line:
    """One run: when it was approved, and of each case its id and those of its safes."""

    erasure: UUID
    at: datetime
    cases: tuple[tuple[UUID, tuple[UUID, ...]], ...]

    @property
    def case_ids(self) -> list[UUID]:
        return [case for case, _safes in self.cases]

    @property
    def safe_ids(self) -> list[UUID]:
        return [safe for _case, safes in self.cases for safe in safes]

    @property
    def text(self) -> str:
        named = (f"{case.hex}={','.join(safe.hex for safe in safes)}" for case, safes in self.cases)
        return " ".join([f"{self.at.astimezone(UTC):{_TIME}}", self.erasure.hex, *named])


def begin() -> None:
    """Make an empty ledger where there is none."""
    path = Path(settings.ERASURE_LEDGER)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(path):
            settle(path.parent)
    except OSError:
        raise LedgerUnusable from None


def append(line: Line) -> None:
    """Write a line and wait for the disk; one that is there already is not written again."""
    path = Path(settings.ERASURE_LEDGER)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(path) as descriptor:
            content = _all(descriptor)
            lines, whole = _parse(content, pepper.load())
            if any(known.erasure == line.erasure for known in lines):
                return
            # Half a line is what a fall of the machine left: nothing was erased for it yet.
            os.ftruncate(descriptor, whole)
            last = content[:whole].splitlines()[-1] if whole else b""
            os.write(descriptor, _signed(line.text, _mac_in(last), pepper.load()))
            os.fsync(descriptor)
        settle(path.parent)
    except OSError:
        raise LedgerUnusable from None


def read() -> list[Line]:
    """Return what the ledger says; nothing was erased where there is none."""
    try:
        content = Path(settings.ERASURE_LEDGER).read_bytes()
    except FileNotFoundError:
        return []
    except OSError:
        raise LedgerUnusable from None
    return parse(content, pepper.load())


def parse(content: bytes, secret: bytes) -> list[Line]:
    """Read lines that were signed with the pepper `secret`; anything else among them is refused."""
    return _parse(content, secret)[0]


def _parse(content: bytes, secret: bytes) -> tuple[list[Line], int]:
    """Return the lines, and how many bytes they are: what follows the last end of a line was never finished."""
    whole = content.rfind(b"\n") + 1
    lines, before = [], ""
    for number, raw in enumerate(content[:whole].splitlines(), start=1):
        text, _, _mac = raw.decode("ascii", "replace").rpartition(" ")
        if not hmac.compare_digest(_signed(text, before, secret), raw + b"\n"):
            raise LedgerForged(number)
        before = _mac_in(raw)
        lines.append(_line(text))
    return lines, whole


def _line(text: str) -> Line:
    time, erasure, *named = text.split(" ")
    cases = []
    for one in named:
        case, _, safes = one.partition("=")
        cases.append((UUID(case), tuple(UUID(safe) for safe in safes.split(","))))
    return Line(UUID(erasure), datetime.strptime(time, _TIME).replace(tzinfo=UTC), tuple(cases))


def _signed(text: str, before: str, secret: bytes) -> bytes:
    key = derive(secret, info("pepper of erasures"))
    mac = hmac.new(key, info("erasure", before, text), hashlib.sha256).hexdigest()
    return f"{text} {mac}\n".encode("ascii", "replace")


def _mac_in(raw: bytes) -> str:
    return raw.decode("ascii", "replace").rpartition(" ")[2]


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _all(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def line(*, erasure: UUID, at: datetime, cases: Sequence[tuple[UUID, Sequence[UUID]]]) -> Line:
    """Cases in the order of their ids: written once more from the same rows, a line is the same."""
    ordered = sorted((case, tuple(sorted(safes))) for case, safes in cases)
    return Line(erasure, at.replace(microsecond=0), tuple(ordered))
