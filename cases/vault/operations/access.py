"""Who can open what: giving, renewing, taking back, asking."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import queries
from cases.vault.models import REASON_LENGTH, AccessRequest, Grant, Keyring, Safe
from cases.vault.operations.opening import open_safe, require_own
from cases.vault.operations.safes import GRANT_DAYS, sealed_root
from cases.vault.refusals import (
    AlreadyAnswered,
    AlreadyHeld,
    GuestsDoNotGive,
    GuestTimeOver,
    NotComparedYourself,
    NotGranted,
    NotUnlocked,
    TooFewHolders,
    WordsDiffer,
)
from cases.vault.unlock import Unlocked


@transaction.atomic
def give_access(
    *, safe: Safe, to: User, unlocked: Unlocked, by: User, reason: str, expires_at: datetime | None = None
) -> Grant:
    """Let `to` open what `by` can, for 90 renewable days, or as a guest until `expires_at` and no longer."""
    require_own(unlocked, by)
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    own = queries.grant_for(by, locked)
    held = queries.grants_of(to).filter(content_object=locked).first()
    if held is not None and not held.firm:
        raise AlreadyHeld
    if own.firm:
        raise GuestsDoNotGive
    key = queries.public_keys([to], by=by)[to.pk]
    root, _ = open_safe(own, unlocked)
    fields = {
        "sealed_root": sealed_root(root, safe=locked, user_id=to.pk, to=key),
        "key_version": locked.version,
        "granted_by": by,
        "reason": reason[:REASON_LENGTH],
        "expires_at": expires_at or timezone.now() + timedelta(days=GRANT_DAYS),
        "firm": expires_at is not None,
        "lost_at": None,
    }
    grant: Grant
    grant, _made = Grant.objects.update_or_create(
        user=to, content_object=locked, permission=queries.open_permission(), defaults=fields
    )
    _answer(AccessRequest.objects.filter(safe=locked, asker=to), AccessRequest.Answer.GIVEN, by)
    record("vault.access_given", by=by, about=str(safe.pk), detail=f"{to.username}: {reason}")
    return grant


@transaction.atomic
def renew_access(*, safes: Iterable[Safe], by: User) -> int:
    """Prolong one's own access to 90 days from now; what is suspended already, another holder gives anew."""
    living = queries.grants_of(by).filter(content_object__in=list(safes), firm=False)
    renewed = Grant.objects.filter(pk__in=[grant.pk for grant in living])
    number: int = renewed.update(expires_at=timezone.now() + timedelta(days=GRANT_DAYS))
    record("vault.access_renewed", by=by, detail=str(number))
    return number


@transaction.atomic
def revoke_access(*, safe: Safe, of: User, by: User, reason: str) -> None:
    """Take access away at once. What was read stays known, and nobody is taken out of the last two."""
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    holders = queries.lasting_holders(locked)
    if of.pk in holders and len(holders) <= queries.FEWEST_HOLDERS:
        raise TooFewHolders
    removed, _ = Grant.objects.filter(content_object=locked, user=of).delete()
    if not removed:
        raise NotGranted
    record("vault.access_revoked", by=by, about=str(safe.pk), detail=f"{of.username}: {reason}")


@transaction.atomic
def ask_access(*, safe: Safe, by: User, reason: str, expires_at: datetime | None = None) -> AccessRequest:
    """Put a request before everybody who can open the safe; what is given in answer ends at `expires_at`.

    Asking again while it waits only changes that end.
    """
    if queries.may_open(by, safe):
        raise AlreadyHeld
    request, made = AccessRequest.objects.get_or_create(
        safe=safe,
        asker=by,
        answered_at=None,
        defaults={"reason": reason[:REASON_LENGTH], "expires_at": expires_at},
    )
    if not made and request.expires_at != expires_at:
        request.expires_at = expires_at
        request.save(update_fields=["expires_at"])
    if made:
        record("vault.access_asked", by=by, about=str(safe.pk), detail=reason)
    return request


@transaction.atomic
def answer_request(
    *, request: AccessRequest, give: bool, unlocked: Unlocked | None, by: User, reason: str = ""
) -> None:
    """Give what was asked for, or refuse; only who holds the safe answers, and refusing needs no unlock."""
    safe = Safe.objects.select_for_update().get(pk=request.safe_id)
    waiting = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if waiting.answered_at is not None:
        raise AlreadyAnswered
    if give:
        if unlocked is None:
            raise NotUnlocked
        if waiting.expires_at is not None and waiting.expires_at <= timezone.now():
            raise GuestTimeOver
        give_access(
            safe=safe,
            to=waiting.asker,
            unlocked=unlocked,
            by=by,
            reason=reason or waiting.reason,
            expires_at=waiting.expires_at,
        )
        return
    queries.grant_for(by, safe)
    # Who refuses after a loss means it: found words do not bring it back either.
    queries.lost_grants_of(waiting.asker).filter(content_object=safe).delete()
    _answer(AccessRequest.objects.filter(pk=waiting.pk), AccessRequest.Answer.REFUSED, by)
    record("vault.access_refused", by=by, about=str(safe.pk), detail=f"{waiting.asker.username}: {reason}")


@transaction.atomic
def confirm_key(*, of: User, fingerprint: str, unlocked: Unlocked | None, by: User | None) -> Keyring:
    """Say that the words of a colleague's new key were compared with that colleague.

    A login alone makes nobody known: `by` is unlocked, with a key that is known. The first one has nobody to ask,
    and is made known at the terminal (None).
    """
    if by is not None:
        require_own(unlocked, by)
        if not queries.may_confirm(by):
            raise NotComparedYourself
    keyring = Keyring.objects.select_for_update().get(user=of)
    if fingerprint != queries.fingerprint_of(keyring):
        raise WordsDiffer
    keyring.confirmed_at, keyring.confirmed_by = timezone.now(), by
    keyring.confirmation = queries.confirmation_of(keyring, by.pk if by else None)
    keyring.save(update_fields=["confirmed_at", "confirmed_by", "confirmation"])
    record("vault.key_confirmed", by=by, detail=f"{of.username}, version {keyring.version}")
    return keyring


def _answer(requests: QuerySet[AccessRequest], answer: str, by: User) -> None:
    requests.filter(answered_at__isnull=True).update(
        answered_at=timezone.now(), answered_by=by, answer=answer
    )
