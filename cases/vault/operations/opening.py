"""Reading what is sealed. The row in the audit log is committed first; without it nothing is decrypted."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.audit.operations import record
from cases.audit.queries import recorded_today
from cases.staff.models import User
from cases.vault import envelope, owners, queries, recalled
from cases.vault.envelope import KeyPair, Suite
from cases.vault.interviews import reason_within
from cases.vault.many import any_of
from cases.vault.marks import item_info
from cases.vault.models import Grant, Safe, SealedItem
from cases.vault.newest import newest_held
from cases.vault.operations.counting import committed_first
from cases.vault.operations.safes import grant_info, require_believed, require_vouched
from cases.vault.refusals import (
    DoesNotOpen,
    KeyNotBelieved,
    NotGranted,
    NotUnlocked,
    SafeMoved,
)
from cases.vault.unlock import Unlocked

READ_AGAIN = 3


def open_item(
    *, item: SealedItem, reason: str, unlocked: Unlocked, by: User, counted: bool = True
) -> dict[str, Any]:
    """Return what one sealed item says. Never inside a transaction, which could take the audit row back.

    In an interview with the person no reason has to be given, and the first row stands for the item. It counts into the day's budget; `counted` is False where another rule stands guard instead.
    """
    require_own(unlocked, by)
    why = reason.strip() or reason_within(item.safe, unlocked, by)
    queries.grant_for(by, item.safe)
    with committed_first([item.safe] if counted else [], by):
        row = {"about": str(item.safe_id), "detail": f"{item.kind}: {why}"}
        if reason.strip() or not recorded_today("vault.opened", actor=by.username, **row):
            record("vault.opened", by=by, **row)
    return _read(*_as_now(item, by), unlocked)


def open_quietly(
    *,
    items: Iterable[SealedItem],
    purpose: str,
    unlocked: Unlocked,
    by: User,
    once_a_day: bool = False,
    counted: bool = False,
) -> dict[UUID, dict[str, Any]]:
    """Return many items by id without a reason and with one audit row; what `by` cannot open is left out.

    With `once_a_day` the row of the first opening stands for those that follow on the same day. With `counted` the
    people behind them count into the day's budget.
    """
    require_own(unlocked, by)
    wanted = list(items)
    grants = _grants_by_safe(by, [item.safe_id for item in wanted])
    held = [(item, grants[item.safe_id]) for item in wanted if item.safe_id in grants]
    if not held:
        return {}
    about = str(held[0][0].safe_id) if len(held) == 1 else ""
    with committed_first([item.safe for item, _grant in held] if counted else [], by):
        row = {"about": about, "detail": f"{purpose}: {len(held)}"}
        if not once_a_day or not recorded_today("vault.opened_quietly", actor=by.username, **row):
            record("vault.opened_quietly", by=by, **row)
    return {item.pk: content for item, content in _readable(held, unlocked, by)}


def open_to_hand_over(
    *, items: Iterable[SealedItem], purpose: str, unlocked: Unlocked | None, by: User
) -> dict[UUID, dict[str, Any]]:
    """Return what two have agreed to hand over, by id; a row for each safe first. Outside of every budget.

    What `by` cannot open is left out, as is what is damaged: the caller looks whether anything is missing.
    """
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    wanted = list(items)
    grants = _grants_by_safe(by, [item.safe_id for item in wanted])
    held = [(item, grants[item.safe_id]) for item in wanted if item.safe_id in grants]
    kinds: dict[UUID, list[str]] = {}
    for item, _grant in held:
        kinds.setdefault(item.safe_id, []).append(item.kind)
    with transaction.atomic(durable=True):
        for safe_id, opened in kinds.items():
            record(
                "vault.opened_to_hand_over",
                by=by,
                about=str(safe_id),
                detail=f"{', '.join(opened)}: {purpose}",
            )
    return {item.pk: content for item, content in _readable(held, unlocked, by)}


def search(
    *, kind: str, item_kind: str, test: Callable[[dict[str, Any]], float], unlocked: Unlocked, by: User
) -> list[tuple[UUID, float]]:
    """Try `test` on everything of a kind that `by` can open; return the safes it likes, best first.

    What was looked for is known to `test` alone: the audit row says that there was a search.
    """
    require_own(unlocked, by)
    items = newest_held(by, kind, item_kind)
    with transaction.atomic(durable=True):
        record("vault.searched", by=by, detail=f"{item_kind}: {len(items)}")
    known = recalled.recall(unlocked)
    if unknown := [pk for pk in items if pk not in known]:
        known |= _opened_to_search(unknown, unlocked, by)
        recalled.keep({pk: known[pk] for pk in items if pk in known}, unlocked)
    scores = {safe_id: test(known[pk]) for pk, safe_id in items.items() if pk in known}
    hits = {safe_id: score for safe_id, score in scores.items() if score > 0}
    # What was opened is kept; where it belongs is asked anew.
    moved = owners.misplaced(Safe.objects.filter(pk__in=hits))
    return sorted(((pk, score) for pk, score in hits.items() if pk not in moved), key=lambda hit: -hit[1])


def _opened_to_search(item_ids: Collection[UUID], unlocked: Unlocked, by: User) -> recalled.Contents:
    items = list(SealedItem.objects.filter(any_of("pk", item_ids)))
    grants = _grants_by_safe(by, [item.safe_id for item in items])
    held = [(item, grants[item.safe_id]) for item in items if item.safe_id in grants]
    return {item.pk: content for item, content in _readable(held, unlocked, by)}


def require_own(unlocked: Unlocked | None, by: User) -> None:
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked


def open_safe(grant: Grant, unlocked: Unlocked) -> tuple[bytes, KeyPair]:
    """Open a grant; the root inside must fit the public key, and that be one that this system made."""
    require_believed(grant.content_object)
    return _opened_safe(grant, unlocked)


def _opened_safe(grant: Grant, unlocked: Unlocked) -> tuple[bytes, KeyPair]:
    safe = grant.content_object
    require_vouched(safe)
    about = grant_info(safe.pk, unlocked.user_id, grant.key_version)
    root = envelope.open_sealed(unlocked.keypair, about, grant.sealed_root)
    return root, keys_of(safe, root)


def keys_of(safe: Safe, root: bytes) -> KeyPair:
    """Return the keys behind a root, which must be those of the safe."""
    keys = KeyPair.from_root(root, Suite(bytes(safe.public_key)[0]))
    if keys.public.raw != bytes(safe.public_key):
        raise DoesNotOpen
    return keys


def _read(item: SealedItem, grant: Grant, unlocked: Unlocked) -> dict[str, Any]:
    if owners.misplaced([grant.content_object]):
        # With another pepper nothing fits at all, and that is what is to be said.
        require_vouched(grant.content_object)
        raise SafeMoved
    return _content(item, grant, unlocked)


def _as_now(item: SealedItem, by: User) -> tuple[SealedItem, Grant]:
    """Return the item and the grant of the same key: the safe may be sealed anew while somebody reads."""
    grant = queries.grant_for(by, item.safe)
    for _again in range(READ_AGAIN):
        if item.key_version == grant.key_version == grant.content_object.version:
            break
        item = SealedItem.objects.select_related("safe").get(pk=item.pk)
        grant = queries.grant_for(by, item.safe)
    return item, grant


def _content(item: SealedItem, grant: Grant, unlocked: Unlocked) -> dict[str, Any]:
    _, keys = _opened_safe(grant, unlocked)
    return envelope.unpad(envelope.open_sealed(keys, item_info(item), item.envelope))


def _grants_by_safe(user: User, safe_ids: list[UUID]) -> dict[UUID, Grant]:
    grants = queries.grants_of(user).select_related("content_object")
    grants = grants.filter(any_of("content_object", safe_ids))
    return {grant.content_object_id: grant for grant in grants}


def _readable(
    held: list[tuple[SealedItem, Grant]], unlocked: Unlocked, by: User
) -> Iterator[tuple[SealedItem, dict[str, Any]]]:
    # One damaged row must not take the whole list away; it is recorded instead of shown.
    moved = owners.misplaced({grant.content_object for _item, grant in held})
    for item, grant in held:
        try:
            if item.safe_id in moved:
                raise SafeMoved
            if item.key_version != grant.key_version:
                item, grant = _as_now(item, by)
            content = _content(item, grant, unlocked)
        except NotGranted:
            continue  # taken away between the two looks
        except (DoesNotOpen, KeyNotBelieved) as fault:
            record("vault.damaged", by=by, about=str(item.safe_id), detail=type(fault).__name__)
            continue
        yield item, content
