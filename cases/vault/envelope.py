"""Sealing and opening of bytes. One library below, nothing home-made; the first byte names the suite.

0x01  HPKE, hybrid of ML-KEM-768 and X25519: holds against who stores today what he can read in decades
0x02  HPKE, X25519 alone
0x03  AES-256-GCM-SIV under a secret that both sides already have
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from cases.vault.refusals import DoesNotOpen

ROOT_BYTES = 32
STEP = 256
NONCE_BYTES = 12
TAG_BYTES = 16
# What sealing under a secret adds.
OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES
MLKEM_SEED_BYTES = 64
MLKEM_PUBLIC_BYTES = 1184
X25519_BYTES = 32


class Suite(IntEnum):
    HYBRID = 1
    X25519 = 2
    SYMMETRIC = 3


_HPKE = {
    Suite.HYBRID: hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
    Suite.X25519: hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
}

InfoPart = str | int | UUID | bytes
Stored = bytes | memoryview  # what a column gives back


def new_root() -> bytes:
    return secrets.token_bytes(ROOT_BYTES)


def info(purpose: str, *parts: InfoPart) -> bytes:
    """Say what a sealed thing is for. Each part carries its length, so that no two lists read alike."""
    encoded = [part if isinstance(part, bytes) else str(part).encode() for part in (purpose, *parts)]
    return b"safe-conduct" + b"".join(len(part).to_bytes(4) + part for part in encoded)


def derive(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), ROOT_BYTES, salt, purpose).derive(secret)


@dataclass(frozen=True)
class PublicKey:
    """Serialised as the suite's byte followed by the raw halves: ML-KEM first, then X25519."""

    raw: bytes
    suite: Suite
    _key: Any = field(repr=False, compare=False)

    @classmethod
    def parse(cls, raw: Stored) -> "PublicKey":
        raw = bytes(raw)
        parse = {bytes([Suite.HYBRID]): _parse_hybrid, bytes([Suite.X25519]): _parse_x25519}.get(raw[:1])
        if parse is None:
            raise DoesNotOpen
        return cls(raw, Suite(raw[0]), parse(raw[1:]))


def _parse_x25519(raw: bytes) -> X25519PublicKey:
    if len(raw) != X25519_BYTES:
        raise DoesNotOpen
    return X25519PublicKey.from_public_bytes(raw)


def _parse_hybrid(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(raw) != MLKEM_PUBLIC_BYTES + X25519_BYTES:
        raise DoesNotOpen
    lattice = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES])
    return hpke.MLKEM768X25519PublicKey(lattice, _parse_x25519(raw[MLKEM_PUBLIC_BYTES:]))


@dataclass(frozen=True)
class KeyPair:
    public: PublicKey
    _private: Any = field(repr=False, compare=False)

    @classmethod
    def from_root(cls, root: bytes, suite: Suite = Suite.HYBRID) -> "KeyPair":
        """Expand a 32-byte root into the seeds of the suite: the root is the only private thing ever kept."""
        if len(root) != ROOT_BYTES:
            raise DoesNotOpen
        label = info("key pair", int(suite))
        seeds = HKDFExpand(SHA256(), MLKEM_SEED_BYTES + X25519_BYTES, label).derive(root)
        curve = X25519PrivateKey.from_private_bytes(seeds[MLKEM_SEED_BYTES:])
        half = curve.public_key()
        if suite is Suite.X25519:
            return cls(PublicKey(bytes([suite]) + half.public_bytes_raw(), suite, half), curve)
        lattice = MLKEM768PrivateKey.from_seed_bytes(seeds[:MLKEM_SEED_BYTES])
        other = lattice.public_key()
        raw = bytes([suite]) + other.public_bytes_raw() + half.public_bytes_raw()
        public = PublicKey(raw, suite, hpke.MLKEM768X25519PublicKey(other, half))
        return cls(public, hpke.MLKEM768X25519PrivateKey(lattice, curve))


def seal(public: PublicKey, about: bytes, plaintext: bytes) -> bytes:
    return bytes([public.suite]) + _HPKE[public.suite].encrypt(plaintext, public._key, about)


def open_sealed(keypair: KeyPair, about: bytes, envelope: Stored) -> bytes:
    """Open what was sealed to this pair for exactly this purpose; anything else is `DoesNotOpen`."""
    suite = keypair.public.suite
    envelope = bytes(envelope)
    if envelope[:1] != bytes([suite]):
        raise DoesNotOpen
    return _opened(lambda: _HPKE[suite].decrypt(envelope[1:], keypair._private, about))


def seal_under(secret: bytes, about: bytes, plaintext: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([Suite.SYMMETRIC]) + nonce + AESGCMSIV(secret).encrypt(nonce, plaintext, about)


def open_under(secret: bytes, about: bytes, envelope: Stored) -> bytes:
    envelope = bytes(envelope)
    if envelope[:1] != bytes([Suite.SYMMETRIC]):
        raise DoesNotOpen
    nonce, sealed = envelope[1 : 1 + NONCE_BYTES], envelope[1 + NONCE_BYTES :]
    return _opened(lambda: AESGCMSIV(secret).decrypt(nonce, sealed, about))


def _opened(decrypt: Callable[[], bytes]) -> bytes:
    try:
        return decrypt()
    except (InvalidTag, ValueError):
        # From None: the inner frames hold keys, and this may reach an error page.
        raise DoesNotOpen from None


def pad(content: Mapping[str, Any]) -> bytes:
    """Write a document as JSON, filled up to whole steps: the length of a name tells something too."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    framed = len(text).to_bytes(4) + text
    return framed + bytes(-len(framed) % STEP)


def unpad(padded: bytes) -> dict[str, Any]:
    length = int.from_bytes(padded[:4])
    try:
        content = json.loads(padded[4 : 4 + length])
    except ValueError:
        raise DoesNotOpen from None
    if not isinstance(content, dict):
        raise DoesNotOpen
    return content
