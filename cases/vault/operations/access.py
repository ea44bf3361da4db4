"""Who can open what: giving, renewing, taking back, asking."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import queries
from cases.vault.models import REASON_LENGTH, AccessRequest, Grant, Keyring, Safe, VaultPasskey
from cases.vault.operations.opening import open_safe, require_own
from cases.vault.operations.safes import GRANT_DAYS, mark_due, sealed_root
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
        "suspended_at": None,
    }
    # The key that was lost opens the present one still, for whoever finds it.
    if Grant.objects.filter(user=to, content_object=locked, lost_at__isnull=False).exists():
        mark_due(Safe.objects.filter(pk=locked.pk))
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
    # Asked once more in the UPDATE: who was made a guest a moment ago stays one.
    renewed = Grant.objects.filter(pk__in=[grant.pk for grant in living], firm=False)
    number: int = renewed.update(expires_at=timezone.now() + timedelta(days=GRANT_DAYS))
    record("vault.access_renewed", by=by, detail=str(number))
    return number


@transaction.atomic
def revoke_access(*, safe: Safe, of: User, by: User, reason: str) -> None:
    """Take access away at once. What was read stays known, and nobody is taken out of the last two."""
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    _require_others(locked, of)
    removed, _ = Grant.objects.filter(content_object=locked, user=of).delete()
    if not removed:
        raise NotGranted
    mark_due(Safe.objects.filter(pk=locked.pk))
    record("vault.access_revoked", by=by, about=str(safe.pk), detail=f"{of.username}: {reason}")


@transaction.atomic
def limit_access(*, safe: Safe, of: User, until: datetime, by: User | None, reason: str) -> None:
    """Let what `of` can open, or asks for, end at `until` at the latest, as for a guest; never one of the last two."""
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    asked = AccessRequest.objects.filter(safe=locked, asker=of, answered_at__isnull=True)
    asked.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=until)).update(expires_at=until)
    held = Grant.objects.filter(content_object=locked, user=of)
    if not held.filter(Q(firm=False) | Q(expires_at__gt=until)).exists():
        return
    if held.filter(firm=False).exists():
        _require_others(locked, of)
    held.update(expires_at=Least("expires_at", Value(until)), firm=True)
    detail = f"{of.username} until {until:%Y-%m-%d}: {reason}"
    record("vault.access_limited", by=by, about=str(safe.pk), detail=detail)


@transaction.atomic
def suspend_access(*, of: User, by: User | None, reason: str, safes: QuerySet[Safe] | None = None) -> None:
    """End what `of` can open, in `safes` or everywhere, until a holder gives it anew.

    It goes behind what everybody else holds, so that it opens only where fewer than two others can.
    """
    held = Grant.objects.filter(user=of)
    if safes is not None:
        held = held.filter(content_object__in=safes)
    others = Grant.objects.filter(content_object=OuterRef("content_object"), firm=False).exclude(user=of)
    first = Subquery(others.order_by("expires_at").values("expires_at")[:1])
    behind = ExpressionWrapper(first - timedelta(seconds=1), output_field=DateTimeField())
    now = timezone.now()
    number = held.update(expires_at=Least("expires_at", Value(now), behind), suspended_at=now)
    if number:
        kept = queries.grants_of(of).filter(pk__in=held.values("pk")).count()
        detail = f"{of.username}: {number - kept}, kept {kept}: {reason}"
        record("vault.access_suspended", by=by, detail=detail)


def after_reopening(user: User, by: User) -> None:
    suspend_access(of=user, by=by, reason="account reopened")


def after_loss(user: User, by: User) -> None:
    VaultPasskey.objects.filter(keyring__user=user).delete()
    suspend_access(of=user, by=by, reason="in other hands")


@transaction.atomic
def drop_request(*, safe: Safe, of: User, by: User, reason: str) -> None:
    """Close what `of` asks for and is not to get; one's own request just goes, since nobody refuses himself."""
    waiting = AccessRequest.objects.filter(safe=safe, asker=of, answered_at__isnull=True)
    if not waiting.exists():
        return
    if of == by:
        waiting.delete()
    else:
        _answer(waiting, AccessRequest.Answer.REFUSED, by)
    record("vault.access_refused", by=by, about=str(safe.pk), detail=f"{of.username}: {reason}")


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
    *,
    request: AccessRequest,
    give: bool,
    unlocked: Unlocked | None,
    by: User,
    reason: str = "",
    until: datetime | None = None,
) -> None:
    """Give what was asked for, but not beyond `until`, or refuse.

    Only who holds the safe answers, and refusing needs no unlock.
    """
    safe = Safe.objects.select_for_update().get(pk=request.safe_id)
    waiting = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if waiting.answered_at is not None:
        raise AlreadyAnswered
    if give:
        if unlocked is None:
            raise NotUnlocked
        ends = min((end for end in (waiting.expires_at, until) if end is not None), default=None)
        if ends is not None and ends <= timezone.now():
            raise GuestTimeOver
        give_access(
            safe=safe,
            to=waiting.asker,
            unlocked=unlocked,
            by=by,
            reason=reason or waiting.reason,
            expires_at=ends,
        )
        return
    queries.grant_for(by, safe)
    # Who refuses after a loss means it: found words do not bring it back either.
    gone, _ = queries.lost_grants_of(waiting.asker).filter(content_object=safe).delete()
    if gone:
        mark_due(Safe.objects.filter(pk=safe.pk))
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


def _require_others(safe: Safe, of: User) -> None:
    # Two are to stay; and where nobody can open it now, no key is thrown away that may open it again.
    others = queries.lasting_holders(safe) - {of.pk}
    lasts = queries.grants_of(of).filter(content_object=safe, firm=False).exists()
    if not others or (lasts and len(others) < queries.FEWEST_HOLDERS):
        raise TooFewHolders


def _answer(requests: QuerySet[AccessRequest], answer: str, by: User) -> None:
    requests.filter(answered_at__isnull=True).update(
        answered_at=timezone.now(), answered_by=by, answer=answer
    )
