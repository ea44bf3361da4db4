"""Making safes and putting things into them. Neither needs an unlock: who takes a name in need not read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission as OpenPermission
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vault import envelope, marks, organisation, owners, pepper, queries
from cases.vault.envelope import KeyPair, PublicKey, info
from cases.vault.many import write_many
from cases.vault.marks import item_info
from cases.vault.models import Grant, Safe, SealedItem
from cases.vault.refusals import KeyNotBelieved, SafeMoved

GRANT_DAYS = 90


@dataclass(frozen=True)
class NewSafe:
    """What a safe is to hold, and who is to be able to open it."""

    kind: str
    readers: Sequence[User]
    items: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # What `owners.CLAIMS` will say of it: another owner can neither open it nor put anything into it.
    owner: str = ""


@dataclass(frozen=True)
class _Seals:
    """What every safe of one call is sealed with."""

    organisation: PublicKey
    readers: Mapping[int, PublicKey]
    permission: OpenPermission
    by: User
    mac_key: bytes = field(repr=False)


@dataclass(frozen=True)
class _Made:
    safe: Safe
    items: list[SealedItem]
    grants: list[Grant]


def make_safes(
    *, new: Sequence[NewSafe], by: User, progress: Callable[[int], None] | None = None
) -> list[Safe]:
    """Make safes with their first contents and readers, in the order given; thousands at once are fine.

    `progress` is told how many are sealed. The audit row comes last, so that the log is not held during the sealing.
    """
    readers = {reader.pk: reader for plan in new for reader in plan.readers}
    seals = _Seals(
        organisation.public(),
        queries.public_keys(list(readers.values()), by=by),
        queries.open_permission(),
        by,
        pepper.mac_key(),
    )
    made = []
    for number, plan in enumerate(new, start=1):
        made.append(_make(plan, seals))
        if progress:
            progress(number)
    items = [item for one in made for item in one.items]
    safes = [one.safe for one in made]
    with transaction.atomic():
        write_many(safes)
        write_many(items)
        write_many([grant for one in made for grant in one.grants])
        about = str(safes[0].pk) if len(safes) == 1 else ""
        detail = f"safes {len(safes)}, items {len(items)}, digest {marks.keep(safes=safes, items=items)}"
        record("vault.safes_made", by=by, about=about, detail=detail)
    return safes


def seal(*, safe: Safe, kind: str, content: Mapping[str, Any], by: User) -> SealedItem:
    """Put a new version of one document into a safe; earlier versions stay, unread."""
    with transaction.atomic():
        locked = Safe.objects.select_for_update().get(pk=safe.pk)
        require_believed(locked)
        newest = queries.item_of(locked, kind)
        version = newest.version + 1 if newest else 1
        item = _sealed_item(locked, PublicKey.parse(locked.public_key), kind, content, version, by)
        item.save(force_insert=True)
        detail = f"{kind} {version}, digest {marks.keep(items=[item])}"
        record("vault.sealed", by=by, about=str(safe.pk), detail=detail)
    return item


def require_believed(safe: Safe) -> None:
    """Refuse a public key that this system did not make, or a safe in the place of another one.

    Who can only write to the database plants none.
    """
    require_vouched(safe)
    if owners.misplaced([safe]):
        raise SafeMoved


def require_vouched(safe: Safe) -> None:
    if not pepper.vouched("safe", safe.pk, safe.public_key, safe.version, safe.mac):
        raise KeyNotBelieved


def mark_due(safes: QuerySet[Safe]) -> None:
    """Have a remaining holder give these a new key: somebody knew the present one whose row is gone."""
    safes.filter(rekey_due_at=None).update(rekey_due_at=timezone.now())


def sealed_root(root: bytes, *, safe: Safe, user_id: int, to: PublicKey) -> bytes:
    return envelope.seal(to, grant_info(safe.pk, user_id, safe.version), root)


def grant_info(safe_id: UUID, user_id: int, key_version: int) -> bytes:
    return info("grant", safe_id, user_id, key_version)


def _make(plan: NewSafe, seals: _Seals) -> _Made:
    root = envelope.new_root()
    public = KeyPair.from_root(root).public
    safe = Safe(id=random_id(), kind=Safe.Kind(plan.kind), public_key=public.raw)
    safe.bond = owners.bond(safe.pk, plan.owner, key=seals.mac_key)
    safe.mac = pepper.mac("safe", safe.pk, public.raw, safe.version, key=seals.mac_key)
    safe.organisation_wrap = organisation.wrap(
        root, safe_id=safe.pk, version=safe.version, to=seals.organisation
    )
    items = [_sealed_item(safe, public, kind, content, 1, seals.by) for kind, content in plan.items.items()]
    readers = {reader.pk: reader for reader in plan.readers}.values()
    return _Made(safe, items, [_grant(safe, root, reader, seals) for reader in readers])


def _grant(safe: Safe, root: bytes, reader: User, seals: _Seals) -> Grant:
    return Grant(
        user=reader,
        permission=seals.permission,
        content_object=safe,
        sealed_root=sealed_root(root, safe=safe, user_id=reader.pk, to=seals.readers[reader.pk]),
        key_version=safe.version,
        granted_by=seals.by,
        expires_at=timezone.now() + timedelta(days=GRANT_DAYS),
    )


def _sealed_item(
    safe: Safe, public: PublicKey, kind: str, content: Mapping[str, Any], version: int, by: User
) -> SealedItem:
    item = SealedItem(
        id=random_id(), safe=safe, kind=kind, version=version, key_version=safe.version, sealed_by=by.username
    )
    item.envelope = envelope.seal(public, item_info(item), envelope.pad(content))
    return item
