import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Permission as OpenPermission
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault import pepper
from cases.vault.envelope import PublicKey
from cases.vault.many import any_of
from cases.vault.models import AccessRequest, Grant, Keyring, Safe, SealedFile, SealedItem, Wrap
from cases.vault.refusals import Frozen, KeyNotBelieved, KeyNotConfirmed, NotGranted, NotSetUp, ReaderHasNoKey

FEWEST_HOLDERS = 2
UPLOAD_DAYS = 2


def living_grants() -> QuerySet[Grant]:
    """Return the grants that open their safe now.

    Expiry suspends; but the last two of a safe go on, or a clock that jumped would lock everybody out. The grant
    of a guest ends on its day whatever happens. Who has lost the role that opens is no holder, and keeps no place.
    Who is frozen keeps the key, and is not counted as one of the two: nobody could reach a name through them now.
    """
    able = colleagues(who_may=Permission.USE_VAULT).values("pk")
    later = Q(expires_at__gt=OuterRef("expires_at")) | Q(
        expires_at=OuterRef("expires_at"), pk__gt=OuterRef("pk")
    )
    others = (
        Grant.objects.filter(
            later,
            content_object=OuterRef("content_object"),
            user__in=able,
            user__frozen_at=None,
            firm=False,
            lost_at__isnull=True,
        )
        .order_by()
        .values("content_object")
        .annotate(number=Count("pk"))
        .values("number")
    )
    kept = Q(firm=False, others__lt=FEWEST_HOLDERS)
    living: QuerySet[Grant] = (
        Grant.objects.filter(user__in=able, lost_at__isnull=True)
        .annotate(others=Coalesce(Subquery(others, output_field=IntegerField()), 0))
        .filter(Q(expires_at__gt=timezone.now()) | kept)
    )
    return living


def grants_of(user: User) -> QuerySet[Grant]:
    return living_grants().filter(user=user)


def grant_for(user: User, safe: Safe) -> Grant:
    """Return the row by which `user` opens `safe`. Only it counts: a superuser without one opens nothing."""
    grant = grants_of(user).filter(content_object=safe).select_related("content_object").first()
    if grant is None:
        raise NotGranted
    return grant


def may_open(user: User, safe: Safe) -> bool:
    return grants_of(user).filter(content_object=safe).exists()


def held_safe_ids(user: User, safes: Iterable[Safe | UUID] | None = None) -> set[UUID]:
    held = grants_of(user)
    if safes is not None:
        held = held.filter(any_of("content_object", safes))
    return set(held.values_list("content_object_id", flat=True))


def holders_of(safe: Safe) -> QuerySet[User]:
    return User.objects.filter(pk__in=living_grants().filter(content_object=safe).values("user"))


def item_of(safe: Safe, kind: str) -> SealedItem | None:
    return SealedItem.objects.filter(safe=safe, kind=kind).order_by("-version").select_related("safe").first()


def requests_waiting_for(user: User) -> QuerySet[AccessRequest]:
    """Open requests of colleagues for what `user` can open."""
    held = grants_of(user).values("content_object")
    asked = AccessRequest.objects.filter(answered_at__isnull=True, safe__in=held).exclude(asker=user)
    return asked.filter(asker__is_active=True, asker__frozen_at=None).select_related("safe", "asker")


def requests_of(user: User) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(asker=user).select_related("safe", "answered_by")


def open_request(safe: Safe, asker: User) -> AccessRequest | None:
    return AccessRequest.objects.filter(safe=safe, asker=asker, answered_at__isnull=True).first()


def thin_safes() -> QuerySet[Safe]:
    """Safes that fewer than two people can open, guests and frozen colleagues not counted."""
    lasting = _lasting().filter(content_object=OuterRef("pk")).order_by()
    number = lasting.values("content_object").annotate(number=Count("pk", distinct=True)).values("number")
    return Safe.objects.annotate(holders=Coalesce(Subquery(number), 0)).filter(holders__lt=FEWEST_HOLDERS)


def thin_safes_for(user: User) -> QuerySet[Safe]:
    """Of these, the ones `user` holds: a fault to mend."""
    return thin_safes().filter(pk__in=grants_of(user).values("content_object"))


def lasting_holders(safe: Safe) -> set[int]:
    """Who can open a safe, and is neither a guest nor frozen."""
    return set(_lasting().filter(content_object=safe).values_list("user_id", flat=True))


def only_held_by(user: User) -> QuerySet[Safe]:
    """Safes that nobody but `user` can open, short of the organisation's paper shares."""
    others = living_grants().filter(content_object=OuterRef("pk")).exclude(user=user)
    own = Grant.objects.filter(user=user, lost_at__isnull=True).values("content_object")
    return Safe.objects.filter(pk__in=own).exclude(Exists(others))


def expiring_for(user: User, within_days: int = 14) -> QuerySet[Grant]:
    """Grants of `user` to renew: close to their end, or past it and kept because too few others hold."""
    soon = timezone.now() + timedelta(days=within_days)
    return grants_of(user).filter(firm=False, expires_at__lt=soon).select_related("content_object")


def keyring_of(user: User) -> Keyring:
    keyring = Keyring.objects.filter(user=user).first()
    if keyring is None:
        raise NotSetUp
    return keyring


def find_keyring(user_id: int) -> Keyring:
    return get_object_or_404(Keyring.objects.select_related("user"), user_id=user_id, user__is_active=True)


def keys_to_confirm_for(user: User) -> QuerySet[Keyring]:
    """New and changed keys of colleagues, to be compared by voice before anything is sealed to them."""
    new = Keyring.objects.filter(confirmed_at__isnull=True, user__is_active=True)
    return new.exclude(user=user).select_related("user").order_by("created_at")


def fingerprint_of(keyring: Keyring) -> str:
    return pepper.fingerprint(bytes(keyring.public_key), "en")


def fingerprints_of(keyring: Keyring) -> list[tuple[str, str]]:
    """The words of a key in each language, since the two who compare may not share one."""
    return [
        (str(name), pepper.fingerprint(bytes(keyring.public_key), code)) for code, name in settings.LANGUAGES
    ]


def language_of(user: User, kind: Wrap.Kind) -> str | None:
    """The language of the words of one way in; None for who has none."""
    ways = Wrap.objects.filter(keyring__user=user, kind=kind, version=F("keyring__version"))
    return ways.values_list("language", flat=True).first()


def earlier_ways_in(user: User, kind: Wrap.Kind) -> QuerySet[Wrap]:
    """The ways into the keys that `user` gave up, the newest first."""
    earlier = Wrap.objects.filter(keyring__user=user, kind=kind, version__lt=F("keyring__version"))
    return earlier.select_related("keyring__user").order_by("-version")


def lost_grants_of(user: User) -> QuerySet[Grant]:
    lost: QuerySet[Grant] = Grant.objects.filter(user=user, lost_at__isnull=False)
    return lost.select_related("content_object")


@dataclass(frozen=True)
class Loss:
    """What starting over costs: how many safes, and how many of them nobody else can give back."""

    safes: int
    alone: int


def loss_of(user: User) -> Loss:
    held = Grant.objects.filter(user=user, lost_at__isnull=True)
    return Loss(held.count(), only_held_by(user).count())


def has_key(user: User) -> bool:
    return Keyring.objects.filter(user=user).exists()


def may_set_up(user: User) -> bool:
    """Whether a first key can be made; also again while the one made was never used and holds nothing."""
    keyring = Keyring.objects.filter(user=user).first()
    if keyring is None:
        return True
    return keyring.first_unlocked_at is None and not Grant.objects.filter(user=user).exists()


def ready_readers(users: Iterable[User], *, by: User | None = None, going_on: bool = False) -> list[User]:
    """Those among `users` to whom `by` could seal something now; `going_on`: they hold it, and it gets a new key."""
    people = list(users)
    keyrings = _keyrings(people)
    return [user for user in people if _fault(user, keyrings.get(user.pk), by, going_on) is None]


def public_keys(users: Sequence[User], *, by: User | None, going_on: bool = False) -> dict[int, PublicKey]:
    """Return the keys to seal to, by user; refuse for the first one who has none, or none to believe."""
    keyrings = _keyrings(users)
    for user in users:
        fault = _fault(user, keyrings.get(user.pk), by, going_on)
        if fault is not None:
            raise fault
    return {pk: PublicKey.parse(bytes(keyring.public_key)) for pk, keyring in keyrings.items()}


def unconfirmed(keyring: Keyring) -> bool:
    """Whether nobody has compared this key yet. An administrator alone could otherwise make up a colleague who reads."""
    given = keyring.confirmation
    return given is None or not hmac.compare_digest(
        confirmation_of(keyring, keyring.confirmed_by_id), bytes(given)
    )


def confirmation_of(keyring: Keyring, by_id: int | None) -> bytes:
    """What vouches that the person `by_id` compared exactly this key."""
    return pepper.mac(
        "confirmation", f"{keyring.user_id} by {by_id}", bytes(keyring.public_key), keyring.version
    )


def may_confirm(user: User) -> bool:
    """Who is known to the others makes others known; the very first one is made known at the terminal."""
    own = Keyring.objects.filter(user=user).first()
    return own is not None and not unconfirmed(own)


def believed(keyring: Keyring) -> bool:
    return pepper.vouched("keyring", keyring.user_id, keyring.public_key, keyring.version, keyring.mac)


def _lasting() -> QuerySet[Grant]:
    return living_grants().filter(firm=False, user__frozen_at=None)


def _fault(
    user: User, keyring: Keyring | None, by: User | None, going_on: bool
) -> ReaderHasNoKey | Frozen | KeyNotBelieved | KeyNotConfirmed | None:
    if keyring is None or not user.may(Permission.USE_VAULT):
        return ReaderHasNoKey()
    # The key may be in other hands: who is frozen keeps what they hold, and gets nothing new.
    if user.frozen_at is not None and not going_on:
        return Frozen()
    if not believed(keyring):
        return KeyNotBelieved()
    if unconfirmed(keyring) and user != by:
        return KeyNotConfirmed(user.pk)
    return None


def _keyrings(users: Iterable[User]) -> dict[int, Keyring]:
    return {keyring.user_id: keyring for keyring in Keyring.objects.filter(user__in=users)}


def pending_uploads(user: User) -> QuerySet[SealedFile]:
    """What `user` has begun to send and not finished."""
    return SealedFile.objects.filter(uploaded_by=user, state=SealedFile.State.UPLOADING)


def stale_uploads() -> QuerySet[SealedFile]:
    """Uploads that nobody will go on with: the secret behind them is gone with the browser."""
    old = timezone.now() - timedelta(days=UPLOAD_DAYS)
    return SealedFile.objects.exclude(state=SealedFile.State.WHOLE).filter(created_at__lt=old)


def open_permission() -> OpenPermission:
    return OpenPermission.objects.get(content_type__app_label="vault", codename="open_safe")
