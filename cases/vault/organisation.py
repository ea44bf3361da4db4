"""The key of the organisation: every safe is sealed to it too, so that losing people never loses names.

Its private half exists on paper only. The public half stands in the database and is pinned in a file: whoever can
write to one of the two plants nothing.
"""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from shamir_mnemonic import generate_mnemonics

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import pepper, shares
from cases.vault.envelope import KeyPair, PublicKey, info, new_root, open_sealed, seal
from cases.vault.models import OrganisationKey, Safe
from cases.vault.refusals import (
    KeyNotBelieved,
    NoOrganisationKey,
    OrganisationKeyDiffers,
    OrganisationKeyExists,
    PepperOfAnother,
)

_KIND = "organisation"
_OWNER = 1


def create(*, threshold: int, shares: int, by: User | None) -> list[str]:
    """Make the key; return its paper shares, of which `threshold` open it. Nothing else keeps it."""
    if exists() or Path(settings.ORGANISATION_KEY_FILE).exists():
        raise OrganisationKeyExists
    root = new_root()
    papers: list[str]
    [papers] = generate_mnemonics(1, [(threshold, shares)], root)
    public_key = KeyPair.from_root(root).public.raw
    with transaction.atomic():
        mac = pepper.mac(_KIND, _OWNER, public_key, 1)
        OrganisationKey.objects.create(public_key=public_key, version=1, mac=mac)
        record("vault.organisation_key_made", by=by, detail=f"{threshold} of {shares}")
        pin(public_key)
    return papers


def exists() -> bool:
    return OrganisationKey.objects.exists()


def public() -> PublicKey:
    """Return the key to seal to, or refuse when database, pinned file and pepper do not agree."""
    # These columns only: a backup is made before the tables are those of a new version.
    row = OrganisationKey.objects.only("public_key", "version", "mac").first()
    if row is None:
        raise NoOrganisationKey
    if _pinned() != bytes(row.public_key):
        raise OrganisationKeyDiffers
    if not pepper.vouched(_KIND, _OWNER, row.public_key, row.version, row.mac):
        raise KeyNotBelieved
    return PublicKey.parse(bytes(row.public_key))


def wrap(root: bytes, *, safe_id: UUID, version: int, to: PublicKey) -> bytes:
    return seal(to, wrap_info(safe_id, version), root)


def keys_behind(root: bytes) -> KeyPair:
    """Return the keys behind what shares or officers gave, which must be those that every safe is sealed to."""
    return shares.keys_behind(root, require_fit().raw)


def require_fit() -> PublicKey:
    """Return the public key, or say that the pepper is not the one of these data."""
    try:
        return public()
    except KeyNotBelieved:
        raise PepperOfAnother from None


def open_wrap(keys: KeyPair, safe: Safe) -> bytes:
    return open_sealed(keys, wrap_info(safe.pk, safe.version), safe.organisation_wrap)


def wrap_info(safe_id: UUID, version: int) -> bytes:
    return info("organisation wrap", safe_id, version)


def pin(public_key: bytes) -> None:
    """Make the file; an existing one is never overwritten."""
    path = settings.ORGANISATION_KEY_FILE
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(public_key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _pinned() -> bytes | None:
    try:
        return bytes.fromhex(Path(settings.ORGANISATION_KEY_FILE).read_text().strip())
    except (OSError, ValueError):
        return None
