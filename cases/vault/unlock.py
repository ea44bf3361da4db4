"""Being unlocked: the colleague's root lies in memory, encrypted under the cookie's secret and a boot key.

Neither the cookie nor the memory opens anything alone, and nothing of it reaches the database or a disk.
"""

import fcntl
import os
import secrets
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from cases.staff.models import User
from cases.vault import cookies, memory, recalled
from cases.vault.envelope import ROOT_BYTES, KeyPair, derive, info, open_under, seal_under
from cases.vault.refusals import DoesNotOpen

COOKIE = "vault-key"
# User, epoch, version of the keyring, start of the unlock, last use: authenticated together with the root.
_HEADER = struct.Struct(">qqqdd")
_ENVELOPE_BYTES = 1 + 12 + ROOT_BYTES + 16
_RECORD_BYTES = _HEADER.size + _ENVELOPE_BYTES


def boottime() -> float:
    """Seconds since the machine started, sleep included: nobody can set this clock back."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True)
class Unlocked:
    """`since`: when it began, by `boottime`; no two unlocks of a person began at the same moment."""

    user_id: int
    keyring_version: int
    root: bytes = field(repr=False)
    until: datetime
    since: float = field(default_factory=boottime)

    @cached_property
    def keypair(self) -> KeyPair:
        return KeyPair.from_root(self.root)


@dataclass(frozen=True)
class _Stamp:
    user_id: int
    epoch: int
    keyring_version: int
    started: float
    used: float

    @classmethod
    def read(cls, header: bytes) -> "_Stamp":
        return cls(*_HEADER.unpack(header))

    def seconds_left(self) -> float:
        idle, absolute = settings.VAULT["unlock_idle"], settings.VAULT["unlock_absolute"]
        return min(self.used + idle, self.started + absolute) - boottime()

    def packed(self) -> bytes:
        return _HEADER.pack(self.user_id, self.epoch, self.keyring_version, self.started, self.used)


def expiry() -> datetime:
    """When an unlock made now ends, if nothing is done in between."""
    return timezone.now() + timedelta(
        seconds=min(settings.VAULT["unlock_idle"], settings.VAULT["unlock_absolute"])
    )


def put(response: HttpResponseBase, request: HttpRequest, unlocked: Unlocked) -> None:
    """Keep `unlocked` for the requests to come; an older unlock of the same person ends."""
    clear_away()
    secret = secrets.token_urlsafe(ROOT_BYTES)
    now = boottime()
    stamp = _Stamp(unlocked.user_id, request.user.epoch, unlocked.keyring_version, now, now)  # type: ignore[union-attr]
    path = _path(unlocked.user_id)
    fresh = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    memory.write(fresh, _sealed(stamp, unlocked.root, secret))
    fresh.replace(path)
    recalled.forget(unlocked.user_id)
    cookies.put(response, COOKIE, secret)


def current(request: HttpRequest) -> Unlocked | None:
    """Return what this request's person has unlocked, and start the idle time anew; None is locked."""
    secret = cookies.held(request, COOKIE)
    if not secret or not request.user.is_authenticated:
        return None
    with _locked(_path(request.user.pk)) as file:
        if file is None:
            return None
        found = _opened(os.pread(file, _RECORD_BYTES, 0), secret)
        if found is None:
            return None
        stamp, root = found
        if stamp.user_id != request.user.pk or stamp.epoch != request.user.epoch or stamp.seconds_left() <= 0:
            return None
        stamp = _Stamp(stamp.user_id, stamp.epoch, stamp.keyring_version, stamp.started, boottime())
        os.pwrite(file, _sealed(stamp, root, secret), 0)
    until = timezone.now() + timedelta(seconds=stamp.seconds_left())
    return Unlocked(stamp.user_id, stamp.keyring_version, root, until, stamp.started)


def drop(user_id: int) -> None:
    """Lock, wherever the person is unlocked."""
    _path(user_id).unlink(missing_ok=True)
    recalled.forget(user_id)


def clear_away() -> None:
    """Empty the records whose time is over: with a cookie that a browser kept they could still be opened by a thief."""
    for path in Path(settings.RUNTIME_DIR).glob("unlocked-*"):
        # Emptied and not removed: a new record may take the place of this one at the same moment.
        with _locked(path) as file:
            header = os.pread(file, _HEADER.size, 0) if file is not None else b""
            if file is not None and len(header) == _HEADER.size:
                stamp = _Stamp.read(header)
                if stamp.seconds_left() <= 0:
                    os.ftruncate(file, 0)
                    recalled.forget(stamp.user_id)


def end_with_login(user: User | None, **kwargs: Any) -> None:
    """Lock when the login ends. Django or allauth do that, so their signal is all there is to hear."""
    if user is not None:
        drop(user.pk)


def end_when_barred(user: User) -> None:
    """Lock when the account is frozen, as soon as that is true for everybody."""
    transaction.on_commit(lambda: drop(user.pk))


def forget(response: HttpResponseBase) -> None:
    """Take the cookie back, and what the browser kept of pages that showed a name."""
    cookies.forget(response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'


def _path(user_id: int) -> Path:
    return Path(settings.RUNTIME_DIR) / f"unlocked-{user_id}"


@contextmanager
def _locked(path: Path) -> Iterator[int | None]:
    # Opened without O_CREAT and written in place: a lock that comes in between removes the file for good.
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield None
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _key(secret: str) -> bytes:
    return derive(secret.encode(), info("unlocked"), memory.boot_key())


def _sealed(stamp: _Stamp, root: bytes, secret: str) -> bytes:
    header = stamp.packed()
    return header + seal_under(_key(secret), info("unlocked", header), root)


def _opened(record: bytes, secret: str) -> tuple[_Stamp, bytes] | None:
    if len(record) != _RECORD_BYTES:
        return None
    header, envelope = record[: _HEADER.size], record[_HEADER.size :]
    try:
        root = open_under(_key(secret), info("unlocked", header), envelope)
    except (DoesNotOpen, FileNotFoundError):
        return None
    return _Stamp.read(header), root
