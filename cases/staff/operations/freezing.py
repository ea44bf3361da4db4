"""Holding an account shut at once, and opening it again by two others. What it can open stays as it is meanwhile."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff import barring
from cases.staff.models import Freeze, User
from cases.staff.operations.accounts import raise_epoch
from cases.staff.operations.announcing import announce
from cases.staff.operations.role_grants import forget_links_made_by
from cases.staff.partings import AFTER_BARRING, AFTER_FREEZING, AFTER_LOSS
from cases.staff.refusals import (
    AlreadyFrozen,
    FreezeOver,
    LiftAskedAlready,
    NeedsAnAnswerer,
    NoRole,
    NotActive,
    NotByYourself,
    TooManyFreezes,
)

FREEZES_A_DAY = 2
BETWEEN = timedelta(hours=1)


@transaction.atomic
def freeze(*, user: User, kind: str, reason: str, by: User) -> Freeze:
    """Hold the account of `user` shut from the next request on.

    Two a day for each person who freezes, and the second within an hour waits for a second person, so that one
    stolen account does not shut everybody out. One's own does not count.
    """
    known = _hold_still(user, by)
    if not known.is_active:
        raise NotActive
    if known.frozen_at is not None:
        raise AlreadyFrozen
    waiting = barring.unconfirmed().filter(user=user).first()
    if waiting and waiting.asked_by_id == by.pk and user.pk != by.pk:
        raise AlreadyFrozen
    if waiting and user.pk != by.pk:
        return confirm_freeze(freeze=waiting, by=by)
    alone = _may_alone(user, by)
    made = Freeze.objects.create(user=known, kind=kind, reason=reason, asked_by=by)
    if alone:
        _begin(made, by)
    else:
        announce(
            code="freeze_asked",
            to=barring.present().exclude(pk__in=[user.pk, by.pk]),
            who=[by],
            whom=[user],
            reason=reason,
        )
        record("staff.freeze_asked", by=by, about=user.username, detail=f"{kind}: {reason}")
    return made


@transaction.atomic
def confirm_freeze(*, freeze: Freeze, by: User) -> Freeze:
    """The second person, whom the second freeze within an hour waits for."""
    _hold_still(freeze.user, by)
    waiting = barring.unconfirmed().filter(pk=freeze.pk).first()
    if waiting is None:
        raise FreezeOver
    if by.pk in (waiting.asked_by_id, waiting.user_id):
        raise NotByYourself
    waiting.confirmed_by = by
    _begin(waiting, by)
    return waiting


@transaction.atomic
def ask_lift(*, freeze: Freeze, reason: str, by: User) -> None:
    """The first of the two who let a frozen colleague in again."""
    held = _running(freeze, by)
    if held.lift_asked_by_id is not None:
        raise LiftAskedAlready
    held.lift_asked_by, held.lift_reason = by, reason
    held.save(update_fields=["lift_asked_by", "lift_reason"])
    others = barring.present().exclude(pk__in=[by.pk, held.user_id])
    announce(code="unfreeze_asked", to=others, who=[by], whom=[held.user], reason=reason)
    record("staff.unfreeze_asked", by=by, about=held.user.username, detail=reason)


@transaction.atomic
def approve_lift(*, freeze: Freeze, by: User) -> None:
    """The second of the two. One of them leads, unless nobody who does can log in."""
    held = _running(freeze, by)
    asker = held.lift_asked_by
    if asker is None or not barring.present().filter(pk=asker.pk).exists():
        raise FreezeOver
    if asker.pk == by.pk:
        raise NotByYourself
    if not barring.two_suffice(asker, by, held.user):
        raise NeedsAnAnswerer
    _lift(held, by)


@transaction.atomic
def refuse_lift(*, freeze: Freeze, by: User) -> None:
    """Say no, or take back what one asked oneself; the account stays frozen."""
    held = _running(freeze, by)
    if held.lift_asked_by_id is None:
        raise FreezeOver
    held.lift_asked_by, held.lift_reason = None, ""
    held.save(update_fields=["lift_asked_by", "lift_reason"])
    record("staff.unfreeze_refused", by=by, about=held.user.username)


@transaction.atomic
def confirm_loss(*, freeze: Freeze, by: User) -> None:
    """Say that what the frozen colleague had is in other hands: what it opens is sealed anew by those who hold it too."""
    held = _running(freeze, by)
    if held.loss_at is not None:
        raise FreezeOver
    if held.asked_by_id == by.pk and held.confirmed_by_id is None:
        raise NotByYourself
    if not barring.two_suffice(held.asked_by, by, held.user):
        raise NeedsAnAnswerer
    held.loss_by, held.loss_at = by, timezone.now()
    held.save(update_fields=["loss_by", "loss_at"])
    for follow in AFTER_LOSS:
        follow(held.user, by)
    record("staff.loss_confirmed", by=by, about=held.user.username)


@transaction.atomic
def let_in_from_terminal(*, user: User) -> bool:
    """Where too few are left to do it among themselves; says whether there was anything to end."""
    known = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not known.is_barred:
        return False
    held = barring.running().filter(user=known).first()
    if known.travelling_since is not None:
        known.travelling_since, known.away_until, known.deputy = None, None, None
        known.save(update_fields=["travelling_since", "away_until", "deputy"])
    if held is not None:
        _lift(held, None)
    else:
        announce(code="let_in", to=barring.present(), whom=[known])
        record("staff.travel_ended", by=None, about=known.username)
    return True


def _may_alone(user: User, by: User) -> bool:
    """Whether `by` freezes without a second person; refuses the third of a day."""
    if user.pk == by.pk:
        return True
    lately = barring.lately_asked_by(by)
    if lately.count() >= FREEZES_A_DAY:
        raise TooManyFreezes
    return not lately.filter(asked_at__gt=timezone.now() - BETWEEN).exists()


def _begin(held: Freeze, by: User) -> None:
    held.began_at = timezone.now()
    held.save(update_fields=["began_at", "confirmed_by"])
    user = held.user
    user.frozen_at = held.began_at
    user.save(update_fields=["frozen_at"])
    raise_epoch(user=user)
    user.invitations.filter(used_at__isnull=True).delete()
    forget_links_made_by(user)
    # Whoever sits at a stolen account may have asked for others to be shut out.
    Freeze.objects.filter(asked_by=user, began_at=None).exclude(pk=held.pk).delete()
    Freeze.objects.filter(user=user, began_at=None).exclude(pk=held.pk).delete()
    for shut in AFTER_BARRING:
        shut(user)
    announce(code="frozen", to=barring.present().exclude(pk=by.pk), who=[by], whom=[user], reason=held.reason)
    for follow in AFTER_FREEZING:
        follow(held)
    record("staff.frozen", by=by, about=user.username, detail=f"{held.kind}: {held.reason}")


def _lift(held: Freeze, by: User | None) -> None:
    held.lifted_by, held.lifted_at = by, timezone.now()
    held.save(update_fields=["lifted_by", "lifted_at"])
    User.objects.filter(pk=held.user_id).update(frozen_at=None)
    raise_epoch(user=held.user)
    who = [one for one in (held.lift_asked_by, by) if one]
    announce(code="unfrozen" if by else "let_in", to=barring.present(), who=who, whom=[held.user])
    asked = f"asked by {held.lift_asked_by.username}" if held.lift_asked_by else "at the terminal"
    record("staff.unfrozen", by=by, about=held.user.username, detail=asked)


def _running(freeze: Freeze, by: User) -> Freeze:
    """The freeze as it is now, held still, for somebody who is not the frozen one and has a role."""
    _hold_still(freeze.user, by)
    held = barring.running().filter(pk=freeze.pk).first()
    if held is None:
        raise FreezeOver
    if by.pk == held.user_id:
        raise NotByYourself
    if not barring.has_role(by):
        raise NoRole
    return held


def _hold_still(user: User, by: User) -> User:
    """Lock both rows, always in the same order, and read `user` anew: two who act at once are counted one by one."""
    both = User.objects.select_for_update(of=("self",)).filter(pk__in=[user.pk, by.pk]).order_by("pk")
    return {one.pk: one for one in both}[user.pk]
