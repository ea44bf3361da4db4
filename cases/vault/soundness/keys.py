"""What the pepper vouches for, and what is sealed to the organisation."""

from cases.vault import organisation, pepper, queries
from cases.vault.envelope import PublicKey, Stored, Suite
from cases.vault.models import Keyring, Safe
from cases.vault.refusals import Refused

# A sealed root: the suite's byte, the encapsulated key, 32 bytes and a tag. Only the organisation can open it, but a
# wrap of another suite or length cannot be one. Whether it is the one that was made, its mark tells.
_WRAP_BYTES = {Suite.HYBRID: 1 + 1088 + 32 + 32 + 16, Suite.X25519: 1 + 32 + 32 + 16}


def faults() -> dict[str, int]:
    found = {"organisation_key": 0, "unvouched_safes": 0, "wraps": 0}
    try:
        key: PublicKey | None = organisation.public()
    except Refused:
        key, found["organisation_key"] = None, 1
    for safe in Safe.objects.iterator(chunk_size=2000):
        vouched = pepper.vouched("safe", safe.pk, safe.public_key, safe.version, safe.mac)
        found["unvouched_safes"] += not vouched
        found["wraps"] += key is not None and not _could_be_wrap(safe.organisation_wrap, key)
    keyrings = list(Keyring.objects.all())
    found["unvouched_keyrings"] = sum(not queries.believed(one) for one in keyrings)
    said = [one for one in keyrings if one.confirmed_at is not None or one.confirmation is not None]
    return found | {"unvouched_confirmations": sum(queries.unconfirmed(one) for one in said)}


def _could_be_wrap(wrap: Stored, key: PublicKey) -> bool:
    raw = bytes(wrap)
    return raw[:1] == bytes([key.suite]) and len(raw) == _WRAP_BYTES[key.suite]
