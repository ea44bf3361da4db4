"""A colleague's own key: made once, opened by passphrase or sheet, kept nowhere in the clear."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import passphrase as wording
from cases.vault import pepper, queries
from cases.vault.envelope import KeyPair, Suite, info, new_root, open_under, seal_under
from cases.vault.models import AccessRequest, DutyLayer, DutyOfficer, Grant, Keyring, Safe, Wrap
from cases.vault.operations.interviews import end_interview
from cases.vault.operations.opening import require_own
from cases.vault.operations.safes import mark_due
from cases.vault.refusals import (
    AlreadySetUp,
    Busy,
    DoesNotOpen,
    KeyNotBelieved,
    NotSetUp,
    TooManyTries,
    WrongPassphrase,
)
from cases.vault.stretch import Cost, stretch
from cases.vault.unlock import Unlocked, drop, expiry

MOST_TRIES = 5
TRIES_FOR = timedelta(minutes=15)

_WORDS = {Wrap.Kind.PASSPHRASE: wording.PASSPHRASE_WORDS, Wrap.Kind.SHEET: wording.SHEET_WORDS}


@dataclass(frozen=True)
class SetUp:
    """Shown to the colleague once, and to nobody else ever."""

    passphrase: str = field(repr=False)
    sheet_code: str = field(repr=False)


@transaction.atomic
def set_up(*, user: User, language: str) -> SetUp:
    """Make the key of a new colleague; again if the first was never used, so that a lost page is no harm."""
    if not queries.may_set_up(user):
        raise AlreadySetUp
    root = new_root()
    public_key = KeyPair.from_root(root).public.raw
    # After starting over the version stays raised: this key too is to be compared before anything is sealed to it.
    known = Keyring.objects.select_for_update().filter(user=user).first()
    version = known.version if known else 1
    fields = {
        "public_key": public_key,
        "version": version,
        "mac": pepper.mac("keyring", user.pk, public_key, version),
        "confirmed_at": None,
        "confirmed_by": None,
        "confirmation": None,
    }
    keyring, _made = Keyring.objects.update_or_create(user=user, defaults=fields)
    words = _wrap_both(keyring, root, language)
    record("vault.key_made", by=user)
    return words


def unlock(*, user: User, passphrase: str) -> Unlocked:
    """Unlock with the passphrase. Every try is counted before the work is done; too many end the login."""
    root, keyring = _try(user, passphrase, Wrap.Kind.PASSPHRASE)
    with transaction.atomic():
        Keyring.objects.filter(pk=keyring.pk, first_unlocked_at=None).update(first_unlocked_at=timezone.now())
        record("vault.unlocked", by=user)
    return Unlocked(user.pk, keyring.version, root, expiry())


def lock(*, user: User) -> None:
    drop(user.pk)
    end_interview(by=user, how="locked")
    record("vault.locked", by=user)


@transaction.atomic
def change_passphrase(*, unlocked: Unlocked, by: User, language: str) -> str:
    require_own(unlocked, by)
    words = _wrap(queries.keyring_of(by), unlocked.root, Wrap.Kind.PASSPHRASE, language)
    record("vault.passphrase_changed", by=by)
    return words


@transaction.atomic
def new_sheet(*, unlocked: Unlocked, by: User, language: str) -> str:
    """Make a new recovery sheet; the words of the earlier one open nothing any more."""
    require_own(unlocked, by)
    words = _wrap(queries.keyring_of(by), unlocked.root, Wrap.Kind.SHEET, language)
    record("vault.sheet_made", by=by)
    return words


def restore_with_sheet(*, user: User, code: str) -> str:
    """Return a new passphrase to who has the sheet; nothing that the colleague could open is lost."""
    root, keyring = _try(user, code, Wrap.Kind.SHEET)
    with transaction.atomic():
        language = keyring.wraps.get(kind=Wrap.Kind.SHEET, version=keyring.version).language
        words = _wrap(keyring, root, Wrap.Kind.PASSPHRASE, language)
        record("vault.restored_with_sheet", by=user)
    return words


@transaction.atomic
def start_over(*, user: User, language: str, stolen: bool = False) -> SetUp:
    """Make a new key for who lost everything: access ends, and the holders are asked to give it back.

    What the earlier key opened waits for its words to be found again; for words that somebody else may know
    (`stolen`) it does not, except where nobody else could open it any more.
    """
    keyring = Keyring.objects.select_for_update().filter(user=user).first()
    if keyring is None:
        raise NotSetUp
    root = new_root()
    keyring.public_key = KeyPair.from_root(root).public.raw
    keyring.version += 1
    keyring.mac = pepper.mac("keyring", user.pk, keyring.public_key, keyring.version)
    keyring.first_unlocked_at = keyring.confirmed_at = keyring.confirmed_by = keyring.confirmation = None
    keyring.save()
    words = _wrap_both(keyring, root, language)
    keyring.passkeys.all().delete()
    # What was sealed to the two of a pair opens with the earlier words still, for whoever finds those of both.
    DutyLayer.objects.filter(officer=user).delete()
    DutyOfficer.objects.filter(user=user).delete()
    number = _ask_for_everything_again(user, stolen)
    record("vault.started_over", by=user, detail=f"safes {number}, version {keyring.version}")
    transaction.on_commit(lambda: drop(user.pk))
    return words


def _ask_for_everything_again(user: User, stolen: bool) -> int:
    grants = Grant.objects.filter(user=user, lost_at__isnull=True)
    alone = list(queries.only_held_by(user))
    asked = AccessRequest.objects.filter(asker=user, answered_at=None).values("safe")
    lost = list(grants.values_list("content_object_id", flat=True))
    new = grants.exclude(content_object__in=asked)
    AccessRequest.objects.bulk_create(
        [
            AccessRequest(
                safe_id=grant.content_object_id,
                asker=user,
                after_loss=True,
                expires_at=grant.expires_at if grant.firm else None,
            )
            for grant in new
        ],
        batch_size=500,
    )
    if stolen:
        mark_due(Safe.objects.filter(pk__in=lost).exclude(pk__in=[safe.pk for safe in alone]))
        Grant.objects.filter(user=user).exclude(content_object__in=alone).delete()
    grants.update(lost_at=timezone.now())
    return len(lost)


def _try(user: User, words: str, kind: Wrap.Kind) -> tuple[bytes, Keyring]:
    keyring = queries.keyring_of(user)
    wrap = keyring.wraps.filter(kind=kind, version=keyring.version).first()
    if wrap is None:
        raise NotSetUp
    root = open_wrap(wrap, words, keyring)
    require_fit(root, keyring)
    Keyring.objects.filter(pk=keyring.pk).update(tries=0)
    return root, keyring


def open_wrap(wrap: Wrap, words: str, keyring: Keyring) -> bytes:
    """Return the root behind one way in. The try is counted before the work is done."""
    secret = wording.read(words, wrap.language, _WORDS[Wrap.Kind(wrap.kind)])
    count_try(keyring, keyring.user)
    cost = Cost(wrap.memory_kib, wrap.iterations, wrap.lanes, bytes(wrap.salt))
    try:
        return open_under(_stretched(secret, cost, keyring), _wrap_info(wrap), wrap.sealed_root)
    except DoesNotOpen:
        record("vault.unlock_failed", by=keyring.user, detail=wrap.kind)
        raise WrongPassphrase from None


def _stretched(secret: bytes, cost: Cost, keyring: Keyring) -> bytes:
    try:
        return stretch(secret, cost, user_id=keyring.user_id)
    except Busy:
        # Nothing was tried: the machine had no turn left.
        Keyring.objects.filter(pk=keyring.pk, tries__gt=0).update(tries=F("tries") - 1)
        raise


def require_fit(root: bytes, keyring: Keyring) -> None:
    suite = Suite(bytes(keyring.public_key)[0])
    if not queries.believed(keyring) or KeyPair.from_root(root, suite).public.raw != bytes(
        keyring.public_key
    ):
        raise KeyNotBelieved


def count_try(keyring: Keyring, user: User) -> None:
    # One UPDATE, committed before the slow work: a hundred tries at the same moment count as a hundred.
    now = timezone.now()
    over = Q(tries_since__lte=now - TRIES_FOR)
    with transaction.atomic(durable=True):
        allowed = Keyring.objects.filter(over | Q(tries__lt=MOST_TRIES), pk=keyring.pk).update(
            tries=Case(When(over, then=Value(1)), default=F("tries") + 1),
            tries_since=Case(When(over | Q(tries=0), then=Value(now)), default=F("tries_since")),
        )
        if not allowed:
            record("vault.too_many_tries", by=user)
    if not allowed:
        raise TooManyTries


def _wrap_both(keyring: Keyring, root: bytes, language: str) -> SetUp:
    return SetUp(
        _wrap(keyring, root, Wrap.Kind.PASSPHRASE, language), _wrap(keyring, root, Wrap.Kind.SHEET, language)
    )


def _wrap(keyring: Keyring, root: bytes, kind: Wrap.Kind, language: str) -> str:
    words = wording.generate(language, _WORDS[kind])
    cost = Cost.now()
    key = stretch(wording.read(words, language, _WORDS[kind]), cost, user_id=keyring.user_id)
    wrap = Wrap(keyring=keyring, kind=kind, version=keyring.version)
    fields = {
        "language": language,
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
        "salt": cost.salt,
        "sealed_root": seal_under(key, _wrap_info(wrap), root),
        "created_at": timezone.now(),
    }
    Wrap.objects.update_or_create(keyring=keyring, kind=kind, version=keyring.version, defaults=fields)
    return words


def _wrap_info(wrap: Wrap) -> bytes:
    return info("way in", wrap.keyring.user_id, wrap.version, str(wrap.kind))
