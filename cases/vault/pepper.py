"""A secret file outside the database: with a dump alone, no passphrase can be tried and no key be planted."""

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

from cases.vault.envelope import Stored, derive, info
from cases.vault.passphrase import words
from cases.vault.refusals import NoPepper

PEPPER_BYTES = 32
FINGERPRINT_WORDS = 6
_BITS_A_WORD = 11


def create() -> None:
    keep(secrets.token_bytes(PEPPER_BYTES))


def keep(secret: bytes) -> None:
    """Make the file; an existing one is never overwritten, since everything hangs on it."""
    path = Path(settings.PEPPER_FILE)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secret.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def load(path: Path | None = None) -> bytes:
    try:
        with open(path or settings.PEPPER_FILE, "rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            pepper = bytes.fromhex(file.read().decode("ascii").strip())
    except (OSError, ValueError):
        raise NoPepper from None
    if len(pepper) != PEPPER_BYTES or mode & 0o077:
        raise NoPepper
    return pepper


def stretch_salt() -> bytes:
    return derive(load(), info("pepper of passphrases"))


def mac_key() -> bytes:
    return derive(load(), info("pepper of public keys"))


def mac(kind: str, owner: object, public_key: Stored, version: int, *, key: bytes = b"") -> bytes:
    """Vouch for a public key: who can only write to the database cannot. `key`: that of `mac_key`, for thousands at once."""
    return hmac.digest(key or mac_key(), info(kind, str(owner), bytes(public_key), version), "sha256")


def vouched(kind: str, owner: object, public_key: Stored, version: int, given: Stored) -> bool:
    return hmac.compare_digest(mac(kind, owner, public_key, version), bytes(given))


def fingerprint(public_key: Stored, language: str) -> str:
    """Six words to compare by voice; alike for everybody who reads them in the same language."""
    number = int.from_bytes(hashlib.sha256(bytes(public_key)).digest())
    known = words(language)
    places = ((number >> (_BITS_A_WORD * turn)) % len(known) for turn in range(FINGERPRINT_WORDS))
    return " ".join(known[place] for place in places)
