"""Marks of what was sealed, so that a row put back to an older state, swapped, planted or deleted shows.

Who changes what is sealed calls `keep` and puts the hash it returns at the end of the detail of its audit row, as
"digest <hash>". The chain of the log then vouches for the hash, the hash for the marks, and these for the rows. The
hash is made with the pepper: who can only write to the database marks nothing.
"""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from cases.vault import pepper
from cases.vault.envelope import derive, info
from cases.vault.models import Safe, SealedItem

_INSERT = """
INSERT INTO vault_mark (thing, leaf, batch)
SELECT made.thing, made.leaf, %s FROM unnest(%s::uuid[], %s::bytea[]) AS made (thing, leaf)
"""
Pair = tuple[UUID, bytes]


def keep(
    *, safes: Iterable[Safe] = (), items: Iterable[SealedItem] = (), removed: Iterable[UUID] = ()
) -> str:
    """Mark what was made, changed or `removed` (ids of items or safes), and return the hash to be recorded."""
    pairs = [(safe.pk, leaf_of_safe(safe)) for safe in safes]
    pairs += [(item.pk, leaf_of_item(item)) for item in items]
    pairs += [(gone, leaf_of_gone(gone)) for gone in removed]
    batch = digest(pairs)
    # One statement for thousands of rows: through the models this costs a tenth of the sealing itself.
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [batch, [thing for thing, _ in pairs], [leaf for _, leaf in pairs]])
    return batch.hex()


def digest(pairs: Iterable[Pair]) -> bytes:
    key = derive(pepper.load(), info("pepper of marks"))
    return hmac.digest(key, b"".join(sorted(thing.bytes + leaf for thing, leaf in pairs)), "sha256")


def leaf_of_item(item: SealedItem) -> bytes:
    return hashlib.sha256(item_info(item) + bytes(item.envelope)).digest()


def leaf_of_safe(safe: Safe) -> bytes:
    """The root itself is sealed, so this is all there is to see; the MAC vouches for the public key."""
    about = info("safe", safe.pk, str(safe.kind), safe.version, bytes(safe.public_key))
    return hashlib.sha256(about + bytes(safe.organisation_wrap)).digest()


def leaf_of_gone(thing: UUID) -> bytes:
    return hashlib.sha256(info("removed", thing)).digest()


def item_info(item: SealedItem) -> bytes:
    return info("item", item.safe_id, item.pk, item.kind, item.version)
