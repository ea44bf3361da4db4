"""A new key for a safe that somebody opens no more: whoever kept the old one opens nothing with it.

Each safe is one transaction, locked on its row: whoever seals, gives or takes meanwhile waits, and goes on with the
new key. What was interrupted stays due.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import envelope, marks, organisation, pepper, queries
from cases.vault.due import dead_grants, due_for, due_safes
from cases.vault.envelope import KeyPair, PublicKey
from cases.vault.marks import item_info
from cases.vault.models import AccessRequest, Grant, Safe, SealedItem
from cases.vault.operations.opening import open_safe, require_own
from cases.vault.operations.safes import sealed_root
from cases.vault.refusals import DoesNotOpen, GuestsDoNotGive, KeyNotBelieved, NotGranted
from cases.vault.unlock import Unlocked

STEP_SECONDS = 2.0
_BATCH = 500


@dataclass(frozen=True)
class Step:
    """What one step did. `last` is where the next one begins; `left` says whether there is one."""

    done: int
    failed: int
    left: int
    last: UUID | None


def rekey_step(
    *, unlocked: Unlocked | None, by: User, after: UUID | None = None, seconds: float = STEP_SECONDS
) -> Step:
    """Give new keys to safes that are due, for some seconds; one that cannot be opened does not stop the others."""
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    organisation.public()
    waiting = due_for(by).order_by("pk")
    ids = list((waiting.filter(pk__gt=after) if after else waiting).values_list("pk", flat=True))
    ends, done, failed, last = time.monotonic() + seconds, 0, 0, after
    for number, pk in enumerate(ids):
        if number and time.monotonic() > ends:
            return Step(done, failed, len(ids) - number, last)
        try:
            done += rekey(safe=Safe(pk=pk), unlocked=unlocked, by=by)
        except (DoesNotOpen, KeyNotBelieved) as fault:
            record("vault.damaged", by=by, about=str(pk), detail=type(fault).__name__)
            failed += 1
        except (NotGranted, GuestsDoNotGive, Safe.DoesNotExist):
            pass  # taken from `by` a moment ago, so that another holder does it; or erased
        last = pk
    return Step(done, failed, 0, last)


@transaction.atomic
def rekey(*, safe: Safe, unlocked: Unlocked, by: User) -> bool:
    """Seal everything in a safe to a new key, older versions too; False if somebody else has done it meanwhile."""
    require_own(unlocked, by)
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    if not due_safes().filter(pk=locked.pk).exists():
        return False
    own = queries.grant_for(by, locked)
    if own.firm:
        raise GuestsDoNotGive
    _root, old = open_safe(own, unlocked)
    root = envelope.new_root()
    _give_key(locked, root)
    items, unread = _seal_anew(locked, old)
    kept, dropped = _give_root(locked, root, unlocked, by)
    again = f", asked again {' '.join(sorted(dropped))}" if dropped else ""
    detail = f"version {locked.version}, items {len(items)}, unread {unread}, kept {kept}{again}"
    digest = marks.keep(safes=[locked], items=items)
    record("vault.rekeyed", by=by, about=str(locked.pk), detail=f"{detail}, digest {digest}")
    return True


def _give_key(safe: Safe, root: bytes) -> None:
    safe.version += 1
    safe.public_key = KeyPair.from_root(root).public.raw
    safe.mac = pepper.mac("safe", safe.pk, safe.public_key, safe.version)
    to = organisation.public()
    safe.organisation_wrap = organisation.wrap(root, safe_id=safe.pk, version=safe.version, to=to)
    safe.rekey_due_at = None
    safe.save(update_fields=["version", "public_key", "mac", "organisation_wrap", "rekey_due_at"])


def _seal_anew(safe: Safe, old: KeyPair) -> tuple[list[SealedItem], int]:
    """Seal every version of every item anew. What does not open is left as it is: there is nothing to save in it."""
    public = PublicKey.parse(safe.public_key)
    items, unread = [], 0
    for item in safe.items.select_for_update():
        try:
            content = envelope.open_sealed(old, item_info(item), item.envelope)
        except DoesNotOpen:
            unread += 1
            continue
        item.envelope, item.key_version = envelope.seal(public, item_info(item), content), safe.version
        items.append(item)
    SealedItem.objects.bulk_update(items, ["envelope", "key_version"], batch_size=_BATCH)
    return items, unread


def _give_root(safe: Safe, root: bytes, unlocked: Unlocked, by: User) -> tuple[int, list[str]]:
    """Seal the root to everybody whose access goes on; who has no key for it now is asked for again."""
    dead_grants().filter(content_object=safe).delete()
    grants = list(Grant.objects.filter(content_object=safe).select_related("user"))
    others = [grant.user for grant in grants if grant.user != by]
    ready = queries.ready_readers(others, by=by, going_on=True)
    keys = queries.public_keys(ready, by=by, going_on=True) | {by.pk: unlocked.keypair.public}
    kept = [grant for grant in grants if grant.user_id in keys]
    for grant in kept:
        grant.sealed_root = sealed_root(root, safe=safe, user_id=grant.user_id, to=keys[grant.user_id])
        grant.key_version = safe.version
    Grant.objects.bulk_update(kept, ["sealed_root", "key_version"], batch_size=_BATCH)
    dropped = [grant for grant in grants if grant.user_id not in keys]
    _ask_again(safe, dropped)
    return len(kept), [grant.user.username for grant in dropped]


def _ask_again(safe: Safe, dropped: Iterable[Grant]) -> None:
    for grant in dropped:
        AccessRequest.objects.get_or_create(
            safe=safe,
            asker=grant.user,
            answered_at=None,
            defaults={"after_rekey": True, "expires_at": grant.expires_at if grant.firm else None},
        )
        grant.delete()
