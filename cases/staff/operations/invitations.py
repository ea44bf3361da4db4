import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff import queries
from cases.staff.models import Invitation, Team, User, token_digest
from cases.staff.operations.accounts import raise_epoch
from cases.staff.operations.role_grants import give_role
from cases.staff.operations.teams import join_team
from cases.staff.refusals import AlreadyJoined, FullNameTaken, LinkEnded, NotActive, UsernameTaken
from cases.staff.roles import Role

VALID = timedelta(days=7)


@transaction.atomic
def invite(
    *,
    username: str,
    full_name: str,
    email: str,
    language: str,
    roles: Iterable[Role],
    teams: Iterable[Team],
    by: User | None,
    expires_at: datetime | None = None,
) -> tuple[User, str]:
    """Make the account and return it with the token of its link; `expires_at` ends the roles of a guest."""
    if queries.username_taken(username):
        raise UsernameTaken
    if queries.full_name_taken(full_name):
        raise FullNameTaken
    user = User.objects.create_user(username.lower(), full_name=full_name, email=email, language=language)
    for role in roles:
        give_role(user=user, role=role, expires_at=expires_at, by=by)
    for team in teams:
        join_team(team=team, user=user, by=by)
    token = make_link(user=user, purpose=Invitation.Purpose.JOIN, by=by)
    record("staff.invited", by=by, about=user.username)
    return user, token


@transaction.atomic
def make_link(*, user: User, purpose: Invitation.Purpose, by: User | None) -> str:
    """Return the token of a new link; an older one for the same purpose ends. Who lost a factor is logged out."""
    if not user.is_active:
        raise NotActive
    # A link to join logs in whoever opens it; for an account that is in use there are the other two.
    if purpose == Invitation.Purpose.JOIN and (user.has_usable_password() or user.last_login):
        raise AlreadyJoined
    user.invitations.filter(purpose=purpose, used_at__isnull=True).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        purpose=purpose,
        digest=token_digest(token),
        created_by=by,
        expires_at=timezone.now() + VALID,
    )
    if purpose == Invitation.Purpose.FACTOR:
        raise_epoch(user=user)
    record("staff.link_made", by=by, about=user.username, detail=purpose.value)
    return token


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Set the password that the link was made for, and use the link up."""
    invitation = _use_up(token, Invitation.Purpose.JOIN, Invitation.Purpose.PASSWORD)
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    raise_epoch(user=user)
    joined = invitation.purpose == Invitation.Purpose.JOIN
    record("staff.joined" if joined else "staff.password_set_by_link", by=user, about=user.username)
    return user


@transaction.atomic
def accept_new_factor(*, token: str) -> User:
    """Take away the second factors that were lost; the caller has checked the password."""
    user = _use_up(token, Invitation.Purpose.FACTOR).user
    Authenticator.objects.filter(user=user).delete()
    raise_epoch(user=user)
    record("staff.factors_reset_by_link", by=user, about=user.username)
    return user


def _use_up(token: str, *purposes: Invitation.Purpose) -> Invitation:
    invitation = queries.find_invitation(token, lock=True)
    if invitation is None or invitation.purpose not in purposes:
        raise LinkEnded
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return invitation
