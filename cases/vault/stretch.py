"""From seven words to a key: slow on purpose, and never more than two at a time on one machine."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings

from cases.vault import pepper
from cases.vault.envelope import ROOT_BYTES, derive, info
from cases.vault.refusals import Busy
from cases.vault.turns import NoTurn, turn

AT_ONCE = 2
LONGEST_WAIT = 5.0
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
    # One person who asks again and again must not keep the server's threads waiting for everybody else, and
    # each computation takes 256 MiB: a dozen colleagues at nine o'clock must not exhaust the machine.
    alone, few = f"stretch-user-{user_id}", [f"stretch-{number}" for number in range(AT_ONCE)]
    try:
        with turn(alone, wait=0), turn(*few, wait=LONGEST_WAIT):
            stretched = argon.derive(secret)
    except NoTurn:
        raise Busy from None
    return derive(stretched, info("wrap"), pepper_salt)
