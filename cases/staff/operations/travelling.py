"""Crossing a border with an account that nobody can be made to open: no login until a colleague ends it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff import barring
from cases.staff.models import User
from cases.staff.operations.accounts import raise_epoch
from cases.staff.operations.announcing import announce
from cases.staff.partings import AFTER_BARRING
from cases.staff.refusals import (
    AlreadyOver,
    AlreadyTravelling,
    DeputyUnfit,
    NoRole,
    NotByYourself,
    NotTravelling,
)
from cases.staff.roles import Permission


@transaction.atomic
def begin_travel(*, until: date | None, deputy: User | None, by: User) -> None:
    """Shut one's own account for a journey; `until` only tells the others when to expect one back."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if user.travelling_since is not None:
        raise AlreadyTravelling
    if until is not None and until < timezone.localdate():
        raise AlreadyOver
    if deputy is None or deputy.pk == by.pk or not barring.present().filter(pk=deputy.pk).exists():
        raise DeputyUnfit
    if deputy.is_away:
        raise DeputyUnfit
    user.travelling_since, user.away_until, user.deputy = timezone.now(), until, deputy
    user.save(update_fields=["travelling_since", "away_until", "deputy"])
    raise_epoch(user=user)
    for shut in AFTER_BARRING:
        shut(user)
    announce(code="travel_deputy", to=[deputy], who=[user])
    others = barring.present().exclude(pk=deputy.pk)
    announce(code="travel_begun", to=others, who=[user], whom=[deputy])
    detail = f"{f'until {until}, ' if until else ''}deputy {deputy.username}"
    record("staff.travel_begun", by=by, about=user.username, detail=detail)


@transaction.atomic
def end_travel(*, user: User, by: User) -> None:
    """Let a traveller log in again; `by` has heard the voice."""
    if by.pk == user.pk:
        raise NotByYourself
    if not barring.has_role(by):
        raise NoRole
    known = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if known.travelling_since is None:
        raise NotTravelling
    known.travelling_since, known.away_until, known.deputy = None, None, None
    known.save(update_fields=["travelling_since", "away_until", "deputy"])
    raise_epoch(user=known)
    announce(code="travel_ended", to=barring.present().exclude(pk=by.pk), who=[by], whom=[known])
    record("staff.travel_ended", by=by, about=known.username)


@transaction.atomic
def ask_coordinators(*, traveller: User, by: User) -> int:
    """A deputy asks those who assign cases for the ones of `traveller` that the deputy cannot see."""
    leads = barring.present(who_may=Permission.ASSIGN).exclude(pk=by.pk)
    named = {"who": by.told_apart, "whom": traveller.told_apart}
    told = leads.exclude(
        announcements__code="deputy_asks",
        announcements__seen_at=None,
        announcements__who=named["who"],
        announcements__whom=named["whom"],
    )
    to = list(told)
    announce(code="deputy_asks", to=to, who=[by], whom=[traveller])
    record("staff.deputy_asked", by=by, about=traveller.username, detail=str(len(to)))
    return len(to)
