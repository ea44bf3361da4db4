import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.names.lookalikes import TO_LATIN, swap
from cases.names.tokens import words
from cases.staff.models import Announcement, Invitation, Organisation, RoleGrant, Team, User, token_digest
from cases.staff.roles import ROLES, Permission, Role
from cases.staff.sessions import BROWSER, LOGIN_AT, SessionStore, digest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def organisation() -> Organisation | None:
    return Organisation.objects.first()


def is_demo() -> bool:
    return Organisation.objects.filter(kind=Organisation.Kind.DEMO).exists()


def least_holders() -> int:
    """How many must hold the names of a team: two, except where there is only one person."""
    us = organisation()
    return 1 if us is not None and us.headcount == 1 else 2


def _living(prefix: str = "") -> Q:
    return Q(**{f"{prefix}expires_at__isnull": True}) | Q(**{f"{prefix}expires_at__gt": timezone.now()})


def roles_of(user: User) -> set[Role]:
    """The roles `user` holds now, read anew."""
    return {Role(value) for value in user.role_grants.filter(_living()).values_list("role", flat=True)}


def colleagues(*, who_may: Permission | None = None, besides: Iterable[User] = ()) -> QuerySet[User]:
    """Return active accounts, those holding `who_may` now if it is given, without `besides`."""
    people = User.objects.filter(is_active=True).exclude(pk__in=[user.pk for user in besides])
    if who_may is None:
        return people
    roles = [role for role, sheet in ROLES.items() if who_may in sheet.may]
    # One condition on one role: a living grant of a wrong role beside an expired right one must not do.
    return people.filter(_living("role_grants__"), role_grants__role__in=roles).distinct()


def accounts() -> QuerySet[User]:
    """Every account, open ones first, with the roles held now as `living_roles` and the teams as `team_groups`."""
    return User.objects.order_by("-is_active", "full_name").prefetch_related(
        Prefetch("role_grants", RoleGrant.objects.filter(_living()).order_by("pk"), to_attr="living_roles"),
        "groups__team",
        Prefetch("invitations", open_invitations(), to_attr="open_invitations"),
    )


def find_account(pk: int) -> User:
    return get_object_or_404(accounts(), pk=pk)


def username_taken(username: str) -> bool:
    return User.objects.filter(username__iexact=username).exists()


def full_name_taken(name: str, *, besides: User | None = None) -> bool:
    """Whether the eye would take `name` for that of somebody else here, or of somebody who left."""
    others = User.objects.exclude(pk=besides.pk) if besides else User.objects.all()
    return _to_the_eye(name) in {_to_the_eye(one) for one in others.values_list("full_name", flat=True)}


def _to_the_eye(name: str) -> str:
    """Without capitals, signs and blanks between the words, and with Latin letters for Cyrillic ones that look the same."""
    folded = " ".join(words(name)).casefold()
    return "".join(swap(char, TO_LATIN) for char in folded)


def demo_account(username: str) -> User:
    """Return the account of the demo with this user name; anywhere else there is none."""
    if not is_demo():
        raise Http404
    return get_object_or_404(User, username=username, is_active=True)


def teams() -> QuerySet[Team]:
    return Team.objects.select_related("group")


def teams_with_counts() -> QuerySet[Team]:
    active = Q(group__user__is_active=True)
    return teams().annotate(
        member_count=Count("group__user", filter=active, distinct=True),
        holder_count=Count("holders", distinct=True),
    )


def find_team(pk: int) -> Team:
    return get_object_or_404(teams(), pk=pk)


def team_name_taken(name: str, *, besides: Team | None = None) -> bool:
    others = Team.objects.exclude(pk=besides.pk) if besides else Team.objects.all()
    return others.filter(name__iexact=name).exists()


def teams_of(user: User) -> QuerySet[Team]:
    return Team.objects.filter(group__user=user)


def announcements_for(user: User) -> QuerySet[Announcement]:
    """What `user` has not yet said to have read."""
    return user.announcements.filter(seen_at__isnull=True)


def find_announcement(user: User, pk: int) -> Announcement:
    return get_object_or_404(announcements_for(user), pk=pk)


def open_invitations() -> QuerySet[Invitation]:
    """The links that work: none outlives the right of who made it, and none leads past a frozen account.

    One without a maker is from the terminal.
    """
    makers = colleagues(who_may=Permission.MANAGE_ACCOUNTS).filter(frozen_at=None)
    made_by = Q(created_by__isnull=True) | Q(created_by__in=makers)
    living = Invitation.objects.filter(made_by, used_at__isnull=True, expires_at__gt=timezone.now())
    return living.filter(user__is_active=True, user__frozen_at=None, user__travelling_since=None)


def find_invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """Return the invitation of this token if it can still be used; with `lock` nobody else uses it meanwhile."""
    found = open_invitations().select_related("user")
    if lock:
        found = found.select_for_update(of=("self",))
    return found.filter(digest=token_digest(token)).first()


def links_made_since(user: User, since: datetime) -> QuerySet[Invitation]:
    """Links others made to get into this account: its owner is to see them."""
    made = user.invitations.exclude(purpose=Invitation.Purpose.JOIN).select_related("created_by")
    return made.filter(created_at__gt=since)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


@dataclass(frozen=True)
class Login:
    """One place where somebody is logged in; `here` is that of the reader."""

    ip: str
    agent: str
    since: datetime
    seen: datetime
    here: bool


def logins_of(user: User, *, here: str = "") -> list[Login]:
    """Where `user` is logged in, the oldest first; `here` is the key of the reader's own session.

    A row does not tell whose it is, so all that live are opened: as many as people who worked in the last half hour.
    """
    living = Session.objects.filter(expire_date__gt=timezone.now())
    marks = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    earliest = time.time() - settings.LOGIN_ABSOLUTE_SECONDS
    found = []
    for row in living.iterator():
        held = SessionStore().decode(row.session_data)
        mine = held.get(SESSION_KEY) == str(user.pk) and held.get(HASH_SESSION_KEY) in marks
        if mine and held.get(LOGIN_AT, 0) >= earliest:
            found.append(_login(row, held, here=bool(here) and row.session_key == digest(here)))
    return sorted(found, key=lambda login: login.since)


def _login(row: Session, held: dict[str, Any], *, here: bool) -> Login:
    browser = held.get(BROWSER, {})
    since = datetime.fromtimestamp(held[LOGIN_AT], UTC)
    # Each request sets the end anew; a login from the field keeps its own idle time, and 0 stands for none of its own.
    idle = held.get("_session_expiry") or settings.SESSION_COOKIE_AGE
    seen = row.expire_date - timedelta(seconds=idle)
    return Login(browser.get("ip", ""), browser.get("agent", ""), since, seen, here)
