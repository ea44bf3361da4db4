from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff import queries
from cases.staff.models import Invitation, RoleGrant, User
from cases.staff.refusals import AlreadyOver, LastAdministrator, OwnRoles, RolesClash
from cases.staff.roles import Permission, Role, clash


@transaction.atomic
def give_role(*, user: User, role: Role, expires_at: datetime | None, by: User | None) -> RoleGrant:
    """Give `role`, or set another end to it; `by=None` is the system itself."""
    if by is not None and by.pk == user.pk:
        raise OwnRoles
    if expires_at is not None and expires_at <= timezone.now():
        raise AlreadyOver
    hold_still(user)
    if pair := clash({*queries.roles_of(user), role}):
        raise RolesClash(pair)
    if role == Role.ADMINISTRATOR and expires_at is not None:
        require_another_administrator(user)
    grant, _ = RoleGrant.objects.update_or_create(
        user=user, role=role, defaults={"expires_at": expires_at, "given_by": by, "given_at": timezone.now()}
    )
    forget_roles(user)
    until = f" until {expires_at:%Y-%m-%d}" if expires_at else ""
    record("staff.role_given", by=by, about=user.username, detail=f"{role.value}{until}")
    return grant


@transaction.atomic
def end_role(*, user: User, role: Role, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise OwnRoles
    hold_still(user)
    if role == Role.ADMINISTRATOR:
        require_another_administrator(user)
    ended, _ = RoleGrant.objects.filter(user=user, role=role).delete()
    forget_roles(user)
    if not user.may(Permission.MANAGE_ACCOUNTS):
        forget_links_made_by(user)
    if ended:
        record("staff.role_ended", by=by, about=user.username, detail=role.value)


def require_another_administrator(user: User) -> None:
    """Refuse if `user` is the only one who can let people in for ever."""
    lasting = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, expires_at__isnull=True)
    # Two who remove each other at the same moment wait here; only the second look sees what the first one did.
    list(lasting.order_by("pk").select_for_update())
    lasting = lasting.filter(user__is_active=True)
    # A frozen one lets nobody in.
    if (
        lasting.filter(user=user).exists()
        and not lasting.filter(user__frozen_at=None).exclude(user=user).exists()
    ):
        raise LastAdministrator


def hold_still(user: User) -> None:
    """Two roles given at the same moment must see each other, or a forbidden pair slips through."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def forget_links_made_by(user: User) -> None:
    """Unused links of a dismissed administrator are ways into the accounts of others: delete them.

    They do not work without the role anyway; deleted, they do not come back with it either.
    """
    Invitation.objects.filter(created_by=user, used_at__isnull=True).delete()


def forget_roles(user: User) -> None:
    user.__dict__.pop("roles", None)
