"""For whom a safe was made. The vault knows no case: a slice above says which of its things points at which safe.

A MAC made with the pepper says whose it was from the beginning, so that who can only write to the database cannot
lead what is sealed for one person into the safe of another.
"""

import hmac
from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from cases.vault import pepper
from cases.vault.models import Safe

# Each slice appends its own in `AppConfig.ready()`: of the safes asked about, those it owns now.
CLAIMS: list[Callable[[Collection[UUID]], Mapping[UUID, str]]] = []


def bond(safe_id: UUID, owner: str, *, key: bytes = b"") -> bytes:
    return pepper.mac("owner of a safe", safe_id, owner.encode(), 1, key=key)


def misplaced(safes: Iterable[Safe]) -> set[UUID]:
    """Which of these are claimed by another than the one each was made for."""
    wanted = {safe.pk: safe for safe in safes}
    if not wanted:
        return set()
    owners, key = _owners(wanted), pepper.mac_key()
    return {
        pk
        for pk, safe in wanted.items()
        if not hmac.compare_digest(bond(pk, owners.get(pk, ""), key=key), bytes(safe.bond))
    }


def people_of(safes: Iterable[Safe]) -> set[str]:
    """Whose these safes are: those of one person, which differ in their kind alone, count as one.

    A safe that nobody claims stands for itself.
    """
    wanted = {safe.pk: safe for safe in safes}
    owners = _owners(wanted)
    return {
        owners.get(pk, f"safe {pk}").removesuffix(f" {Safe.Kind(safe.kind).value}")
        for pk, safe in wanted.items()
    }


def _owners(wanted: Collection[UUID]) -> dict[UUID, str]:
    owners: dict[UUID, str] = {}
    for claims in CLAIMS if wanted else ():
        owners |= claims(wanted)
    return owners
