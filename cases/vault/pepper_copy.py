"""The copy of the pepper that lies in each backup: only the organisation key opens it, which exists on paper alone."""

import hmac

from cases.vault import organisation, pepper
from cases.vault.envelope import KeyPair, derive, info, open_sealed, seal
from cases.vault.refusals import PepperOfAnother


def sealed() -> bytes:
    return seal(organisation.public(), info("pepper copy"), pepper.load())


def opened(envelope: bytes, keys: KeyPair) -> bytes:
    return open_sealed(keys, info("pepper copy"), envelope)


def check_of(secret: bytes) -> str:
    """A mark by which a pepper is known again, and which tells nothing about it."""
    return derive(secret, info("pepper check")).hex()


def require_same(secret: bytes, check: str) -> None:
    if not hmac.compare_digest(check_of(secret), check):
        raise PepperOfAnother
