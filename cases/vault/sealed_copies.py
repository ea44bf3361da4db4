"""What each backup holds sealed to the organisation key, which exists on paper alone: the pepper and the secret key."""

import hmac

from cases.vault import organisation
from cases.vault.envelope import KeyPair, derive, info, open_sealed, seal
from cases.vault.refusals import PepperOfAnother


def sealed(name: str, secret: bytes) -> bytes:
    return seal(organisation.public(), info("copy in a backup", name), secret)


def opened(name: str, envelope: bytes, keys: KeyPair) -> bytes:
    return open_sealed(keys, info("copy in a backup", name), envelope)


def check_of(pepper: bytes) -> str:
    """A mark by which a pepper is known again, and which tells nothing about it."""
    return derive(pepper, info("pepper check")).hex()


def require_same(pepper: bytes, check: str) -> None:
    if not hmac.compare_digest(check_of(pepper), check):
        raise PepperOfAnother
