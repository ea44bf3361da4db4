"""What a mail may say: how many things wait for somebody. And whose turn it is to get one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.utils import timezone

from cases.applicants.models import Task
from cases.applicants.queries import applicants_for
from cases.desk.queries.home import agenda, standing_in
from cases.desk.queries.keeping import waiting_for
from cases.disclosures.models import Export
from cases.disclosures.queries import waiting_for as exports_waiting_for
from cases.staff.barring import present, stands_in_for
from cases.staff.models import Notices, User
from cases.staff.queries import announcements_for
from cases.staff.roles import Permission
from cases.vault.budget import wishes_waiting_for
from cases.vault.models import AccessRequest, Keyring, MoreOpenings
from cases.vault.queries import keys_to_confirm_for, requests_waiting_for

MORNING = 7


def waiting_number(user: User) -> int:
    """How many things the desk of `user` shows: what was announced, is due or late, and colleagues who ask."""
    number = announcements_for(user).count()
    if not user.may(Permission.SEE_CASES):
        return number
    due = agenda(user)
    today = timezone.localdate()
    instead = sum(one.day <= today for gone in standing_in(user) for one in gone.items)
    return number + due.late_in_all + due.today_in_all + instead + waiting_for(user).colleagues


def ready_for_mail() -> list[User]:
    """Who wants mails and can get in now: none goes to who crosses a border, is frozen or away.

    Each time in another order, so that nobody stands behind a mail that never goes.
    """
    people = present().exclude(email="").exclude(notices=Notices.OFF).order_by("?")
    return [user for user in people if not user.is_away]


def is_time(user: User, now: datetime) -> bool:
    """In the morning where `user` is, once a day; and at once for who wants that and has something new."""
    here = now.astimezone(ZoneInfo(user.time_zone))
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if here >= morning and (user.mailed_at is None or user.mailed_at < morning):
        return True
    return user.notice_pace == Notices.AT_ONCE and _has_news(
        user, since=user.mailed_at or now - timedelta(days=1)
    )


def _has_news(user: User, *, since: datetime) -> bool:
    """Whether something came that the number counts: a mail for what is due in a month would say the old number again."""
    if announcements_for(user).filter(made_at__gt=since).exists():
        return True
    owners = [user, *stands_in_for(user)]
    given = Task.objects.filter(owner__in=owners, done_at=None, created_at__gt=since).exclude(created_by=user)
    due = given.filter(due_on__lte=timezone.localdate())
    if due.filter(applicant__in=applicants_for(user)).exists():
        return True
    return any(asked.created_at > since for asked in _asked(user))


def _asked(user: User) -> Iterable[AccessRequest | Keyring | MoreOpenings | Export]:
    if not user.may(Permission.USE_VAULT):
        return ()
    of_the_vault = (requests_waiting_for(user), keys_to_confirm_for(user), wishes_waiting_for(user))
    return chain(*of_the_vault, exports_waiting_for(user))
