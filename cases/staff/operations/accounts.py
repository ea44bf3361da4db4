from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.audit.operations import record
from cases.staff import queries
from cases.staff.models import Notices, User
from cases.staff.operations.role_grants import forget_links_made_by, hold_still, require_another_administrator
from cases.staff.partings import AFTER_REOPENING
from cases.staff.refusals import AlreadyOver, DeputyUnfit, FullNameTaken, NoAddress, OwnAccount


@transaction.atomic
def edit_account(*, user: User, full_name: str, email: str, language: str, time_zone: str, by: User) -> User:
    before = user.full_name
    if full_name != before and queries.full_name_taken(full_name, besides=user):
        raise FullNameTaken
    wanted = {"full_name": full_name, "email": email, "language": language, "time_zone": time_zone}
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    user.save(update_fields=changed)
    if changed:
        # The log shows everybody by name: it must be possible to see who was called what.
        renamed = f": {before} → {full_name}" if "full_name" in changed else ""
        record(
            "staff.account_edited", by=by, about=user.username, detail=", ".join(reversed(changed)) + renamed
        )
    return user


def choose_language(*, user: User, language: str) -> None:
    """The reader's own choice of words on the page; nothing that needs to be recorded."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def choose_notices(*, user: User, notices: str, by: User) -> None:
    """How often a mail tells `user` that something waits."""
    if notices != Notices.OFF and not user.email:
        raise NoAddress
    user.notices = notices
    user.save(update_fields=["notices"])
    record("staff.notices_chosen", by=by, about=user.username, detail=notices)


@transaction.atomic
def set_away(*, user: User, until: date | None, deputy: User | None, by: User) -> User:
    """Mark `user` as away until a day, with a deputy; `until=None` is back."""
    if until is None:
        deputy = None
    elif until < timezone.localdate():
        raise AlreadyOver
    elif deputy is None or deputy.pk == user.pk or not deputy.is_active or deputy.is_away or deputy.is_barred:
        raise DeputyUnfit
    user.away_until, user.deputy = until, deputy
    user.save(update_fields=["away_until", "deputy"])
    detail = f"{until}, deputy {deputy.username}" if until and deputy else "back"
    record("staff.away_set", by=by, about=user.username, detail=detail)
    return user


@transaction.atomic
def deactivate(*, user: User, by: User) -> None:
    """Close the account: sessions, open links to it or made by it, and places in teams end.

    The roles come back if it is opened again.
    """
    if by.pk == user.pk:
        raise OwnAccount
    hold_still(user)
    require_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.invitations.filter(used_at__isnull=True).delete()
    forget_links_made_by(user)
    user.groups.clear()
    user.holds_names_for.clear()
    raise_epoch(user=user)
    record("staff.deactivated", by=by, about=user.username)


@transaction.atomic
def reactivate(*, user: User, by: User) -> None:
    """Open a closed account again; what it could open before is not given back with it."""
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    for follow in AFTER_REOPENING:
        follow(user, by)
    record("staff.reactivated", by=by, about=user.username)


@transaction.atomic
def end_logins(*, user: User, by: User) -> None:
    """End every login of `user`; the caller keeps the one that asked for it."""
    raise_epoch(user=user)
    record("staff.logins_ended", by=by, about=user.username)


def raise_epoch(*, user: User) -> None:
    """End every session of `user` and lock what is unlocked; the password or a second factor has changed."""
    User.objects.filter(pk=user.pk).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])
