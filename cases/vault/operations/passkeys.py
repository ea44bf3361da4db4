"""Unlocking with an authenticator instead of seven words, where this installation allows it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.operations import announce
from cases.vault import ceremony, pepper, queries
from cases.vault.envelope import ROOT_BYTES, derive, info, open_under, seal_under
from cases.vault.models import Keyring, VaultPasskey
from cases.vault.operations.keys import count_try, require_fit
from cases.vault.operations.opening import require_own
from cases.vault.passkeys import passkeys_of
from cases.vault.refusals import DoesNotOpen, PasskeyRefused, PasskeysOff, TooManyPasskeys
from cases.vault.unlock import Unlocked, expiry

MOST_PASSKEYS = 5


@transaction.atomic
def add_passkey(
    *,
    name: str,
    answer: Mapping[str, Any],
    secret: bytes,
    salt: bytes,
    state: ceremony.State,
    host: str,
    unlocked: Unlocked,
    by: User,
) -> VaultPasskey:
    """Seal the root under `secret`, the 32 bytes that the authenticator computes from `salt` each time."""
    require_own(unlocked, by)
    _require_allowed()
    keyring = Keyring.objects.select_for_update().get(user=by)
    require_fit(unlocked.root, keyring)
    if keyring.passkeys.count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    added = ceremony.finish_adding(host=host, state=state, answer=answer)
    if added.credential_data is None or len(secret) != ROOT_BYTES:
        raise PasskeyRefused
    passkey = VaultPasskey(
        keyring=keyring,
        version=keyring.version,
        name=name,
        credential=bytes(added.credential_data),
        sign_count=added.counter,
        salt=salt,
    )
    passkey.sealed_root = seal_under(_key(secret), _info(passkey), unlocked.root)
    passkey.save(force_insert=True)
    announce(code="passkey_added", to=[by])
    record("vault.passkey_added", by=by, detail=str(passkey))
    return passkey


def unlock_with_passkey(
    *, user: User, answer: Mapping[str, Any], secret: bytes, state: ceremony.State, host: str
) -> Unlocked:
    """Unlock with what an authenticator answered. Counted as a try of the words is, before anything is looked at."""
    _require_allowed()
    keyring = queries.keyring_of(user)
    count_try(keyring, user)
    try:
        passkey, count = ceremony.finish_unlocking(
            host=host, state=state, known=passkeys_of(user), answer=answer
        )
        root = open_under(_key(secret), _info(passkey), passkey.sealed_root)
        require_fit(root, keyring)
    except (DoesNotOpen, PasskeyRefused):
        record("vault.unlock_failed", by=user, detail="passkey")
        raise PasskeyRefused from None
    with transaction.atomic():
        Keyring.objects.filter(pk=keyring.pk).update(tries=0)
        VaultPasskey.objects.filter(pk=passkey.pk).update(sign_count=count, used_at=timezone.now())
        record("vault.unlocked", by=user, detail=str(passkey))
    return Unlocked(user.pk, keyring.version, root, expiry())


@transaction.atomic
def remove_passkey(*, passkey: VaultPasskey, by: User) -> None:
    """Forget one way in. Nothing has to be unlocked for that: it only takes away."""
    number, _tables = VaultPasskey.objects.filter(pk=passkey.pk, keyring__user=by).delete()
    if number:
        announce(code="passkey_removed", to=[by])
        record("vault.passkey_removed", by=by, detail=str(passkey))


def _require_allowed() -> None:
    if not settings.VAULT["passkeys"]:
        raise PasskeysOff


def _key(secret: bytes) -> bytes:
    # The pepper as for the words: a dump and a stolen authenticator open nothing by themselves.
    return derive(secret, info("passkey"), pepper.stretch_salt())


def _info(passkey: VaultPasskey) -> bytes:
    return info(
        "way in by passkey", passkey.keyring.user_id, passkey.version, passkey.pk, bytes(passkey.salt)
    )
