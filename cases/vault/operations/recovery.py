"""With the organisation's key, from paper shares or from two duty officers: safes are opened to a colleague again.

The keys are handed in and kept nowhere. What a colleague gets is sealed to the key that others have compared.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.operations import announce
from cases.staff.queries import colleagues
from cases.vault import officers, organisation, queries
from cases.vault.envelope import KeyPair
from cases.vault.models import REASON_LENGTH, AccessRequest, Grant, Safe
from cases.vault.operations.opening import keys_of
from cases.vault.operations.safes import GRANT_DAYS, mark_due, require_believed, sealed_root
from cases.vault.refusals import NothingLost


@transaction.atomic
def recover_colleague(*, colleague: User, keys: KeyPair, reason: str, by: User | None) -> int:
    """Let a colleague open everything that was lost again, with the present key; return how much it is."""
    queries.public_keys([colleague], by=by)
    safes = list(officers.lost_to(colleague).order_by("pk").select_for_update())
    if not safes:
        raise NothingLost
    lost = Grant.objects.filter(user=colleague, lost_at__isnull=False)
    # The words of the key that was lost open these still, for whoever finds them.
    mark_due(Safe.objects.filter(pk__in=list(lost.values_list("content_object", flat=True))))
    for safe in safes:
        _let_open(safe, colleague, keys, reason, by, until=_guest_until(safe, colleague))
    if by is None:
        announce(code="recovered", to=colleagues(), whom=[colleague])
    record("vault.recovered", by=by, detail=f"{colleague.username}: {len(safes)}: {reason}")
    return len(safes)


@transaction.atomic
def recover_safes(*, safes: Iterable[Safe], to: User, keys: KeyPair, reason: str) -> int:
    """At the terminal: let `to` open these safes for good, whoever could open them before."""
    queries.public_keys([to], by=None)
    found = list(Safe.objects.filter(pk__in=[safe.pk for safe in safes]).order_by("pk").select_for_update())
    for safe in found:
        _let_open(safe, to, keys, reason, None)
    announce(code="recovered_case", to=colleagues(), whom=[to])
    about = " ".join(str(safe.pk) for safe in found)
    record(
        "vault.recovered_case", by=None, about=str(found[0].pk), detail=f"{to.username}: {about}: {reason}"
    )
    return len(found)


def open_in_need(*, safe: Safe, to: User, keys: KeyPair, until: datetime, reason: str, by: User) -> None:
    """Let `to` open one safe until then and no longer; whether a lost key is found again is another matter."""
    locked = Safe.objects.select_for_update().get(pk=safe.pk)
    _let_open(locked, to, keys, reason, by, until=until)


def _let_open(
    safe: Safe, to: User, keys: KeyPair, reason: str, by: User | None, until: datetime | None = None
) -> None:
    require_believed(safe)
    root = organisation.open_wrap(keys, safe)
    keys_of(safe, root)
    public = queries.public_keys([to], by=by)[to.pk]
    fields = {
        "sealed_root": sealed_root(root, safe=safe, user_id=to.pk, to=public),
        "key_version": safe.version,
        # At the terminal nobody is logged in.
        "granted_by": by or to,
        "reason": reason[:REASON_LENGTH],
        "expires_at": until or timezone.now() + timedelta(days=GRANT_DAYS),
        "firm": until is not None,
        "lost_at": None,
        "suspended_at": None,
    }
    Grant.objects.update_or_create(
        user=to, content_object=safe, permission=queries.open_permission(), defaults=fields
    )
    if until is None:
        AccessRequest.objects.filter(safe=safe, asker=to, answered_at__isnull=True).delete()


def _guest_until(safe: Safe, user: User) -> datetime | None:
    """The day of who was a guest before the loss, and is one afterwards."""
    held = Grant.objects.filter(content_object=safe, user=user).first()
    if held is not None:
        return held.expires_at if held.firm else None
    asked = queries.open_request(safe, user)
    return asked.expires_at if asked else None
