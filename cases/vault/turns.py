"""Taking turns on one machine: what costs much memory is done by few at a time, whichever process asks."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from cases.vault import memory

_PAUSE = 0.05


class NoTurn(Exception):
    """All slots are taken."""


@contextmanager
def turn(*names: str, wait: float) -> Iterator[None]:
    """Hold one of the named slots; `NoTurn` if none comes free within `wait` seconds."""
    until = time.monotonic() + wait
    slots = [_slot(name) for name in names]
    try:
        while not any(_taken(slot) for slot in slots):
            if time.monotonic() >= until:
                raise NoTurn
            time.sleep(_PAUSE)
        yield
    finally:
        for slot in slots:
            os.close(slot)


def _slot(name: str) -> int:
    return os.open(memory.folder() / name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)


def _taken(slot: int) -> bool:
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
