"""From seven words to a key: slow on purpose, and never more than two at a time on one machine."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings

from cases.vault import memory, pepper
from cases.vault.envelope import ROOT_BYTES, derive, info
from cases.vault.refusals import Busy

AT_ONCE = 2
LONGEST_WAIT = 5.0
_PAUSE = 0.05
_SALT_BYTES = 16


@dataclass(frozen=True)
class Cost:
    """What one wrap was made with; kept beside it, so that later wraps may cost more."""

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes

    @classmethod
    def now(cls) -> "Cost":
        chosen = settings.VAULT
        return cls(
            chosen["argon2_memory_kib"],
            chosen["argon2_iterations"],
            chosen["argon2_lanes"],
            secrets.token_bytes(_SALT_BYTES),
        )


def stretch(secret: bytes, cost: Cost, *, user_id: int) -> bytes:
    """Return the key that seals a wrap; needs the pepper as well as the secret. One at a time for each person."""
    pepper_salt = pepper.stretch_salt()
    argon = Argon2id(
        salt=cost.salt,
        length=ROOT_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    with _alone(user_id), _turn():
        stretched = argon.derive(secret)
    return derive(stretched, info("wrap"), pepper_salt)


@contextmanager
def _alone(user_id: int) -> Iterator[None]:
    # One person who asks again and again must not keep the server's threads waiting for everybody else.
    slot = _slot(f"user-{user_id}")
    try:
        if not _taken(slot):
            raise Busy
        yield
    finally:
        os.close(slot)


@contextmanager
def _turn() -> Iterator[None]:
    # Each computation takes 256 MiB: a dozen colleagues at nine o'clock must not exhaust the machine.
    until = time.monotonic() + LONGEST_WAIT
    slots = [_slot(str(number)) for number in range(AT_ONCE)]
    try:
        while not any(_taken(slot) for slot in slots):
            if time.monotonic() > until:
                raise Busy
            time.sleep(_PAUSE)
        yield
    finally:
        for slot in slots:
            os.close(slot)


def _slot(name: str) -> int:
    return os.open(memory.folder() / f"stretch-{name}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)


def _taken(slot: int) -> bool:
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
