"""For words that are found again after starting over: what the earlier key opened comes back."""

from collections.abc import Iterable

from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import envelope, queries
from cases.vault.envelope import KeyPair
from cases.vault.models import AccessRequest, Grant, Safe, Wrap
from cases.vault.operations.keys import open_wrap
from cases.vault.operations.opening import keys_of, require_own
from cases.vault.operations.safes import grant_info, require_believed, sealed_root
from cases.vault.refusals import DoesNotOpen, NothingToTakeBack, NotSetUp, WrongPassphrase
from cases.vault.unlock import Unlocked

# Each costs one try of the few that are allowed.
KEYS_TRIED = 3


def take_back(*, words: str, kind: Wrap.Kind, unlocked: Unlocked | None, by: User) -> int:
    """Return how many safes open again, by the words of a key that was given up; the present key opens them then."""
    require_own(unlocked, by)
    assert unlocked is not None  # noqa: S101  # what require_own has just said
    ways = list(queries.earlier_ways_in(by, kind))
    if not ways:
        raise NotSetUp
    earlier = [way for way in ways if way.language == ways[0].language][:KEYS_TRIED]
    if not queries.lost_grants_of(by).exists():
        raise NothingToTakeBack
    old = KeyPair.from_root(_root_behind(earlier, words))
    with transaction.atomic():
        number = 0
        for pk in (
            queries.lost_grants_of(by).order_by("content_object").values_list("content_object", flat=True)
        ):
            # First the safe, as whoever gives it a new key does; what was sealed anew meanwhile is not lost any more.
            Safe.objects.select_for_update().get(pk=pk)
            for grant in queries.lost_grants_of(by).filter(content_object=pk):
                number += _sealed_anew(grant, old, unlocked)
        record("vault.taken_back", by=by, detail=str(number))
    return number


def _root_behind(wraps: Iterable[Wrap], words: str) -> bytes:
    for wrap in wraps:
        try:
            return open_wrap(wrap, words, wrap.keyring)
        except WrongPassphrase:
            continue
    raise WrongPassphrase


def _sealed_anew(grant: Grant, old: KeyPair, unlocked: Unlocked) -> bool:
    safe = grant.content_object
    about = grant_info(safe.pk, grant.user_id, grant.key_version)
    try:
        root = envelope.open_sealed(old, about, grant.sealed_root)
    except DoesNotOpen:
        return False  # sealed to another of the keys that were given up
    require_believed(safe)
    keys_of(safe, root)
    grant.sealed_root = sealed_root(root, safe=safe, user_id=grant.user_id, to=unlocked.keypair.public)
    grant.key_version, grant.lost_at = safe.version, None
    grant.save(update_fields=["sealed_root", "key_version", "lost_at"])
    AccessRequest.objects.filter(safe=safe, asker=grant.user_id, answered_at__isnull=True).delete()
    return True
