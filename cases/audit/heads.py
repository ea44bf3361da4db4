"""The newest hash of the chain, written outside the database, so that a tail cut off in the database shows."""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

EVERY = 100
LINE = re.compile(r"(\S+) (\d{1,18}) ([0-9a-f]{64})")
TIME = "%Y-%m-%dT%H:%M:%SZ"


def head_file() -> Path:
    return Path(settings.VAR_DIR) / "audit-heads.log"


def write_head(number: int, digest: str) -> None:
    """Append `time number hash` as one line; one `write` of a short line to an O_APPEND file is not torn."""
    line = f"{timezone.now():{TIME}} {number} {digest}\n"
    descriptor = os.open(head_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Heads:
    """What the file says: the hash of each number, how many lines of it cannot be read, and when each was written."""

    hashes: dict[int, str]
    unreadable: int
    times: list[datetime] = field(default_factory=list, compare=False)


def read_heads() -> Heads:
    try:
        lines = head_file().read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return Heads({}, 0)
    found = [match for line in lines if (match := LINE.fullmatch(line))]
    times = [time for match in found if (time := _time(match[1]))]
    return Heads({int(match[2]): match[3] for match in found}, len(lines) - len(found), times)


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
