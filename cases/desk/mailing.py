"""Mails that say how many things wait, and nothing else: no case, no colleague, not even what kind of thing."""

import logging
from datetime import datetime
from email.utils import make_msgid
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import ngettext

from cases.desk.queries.notices import is_time, ready_for_mail, waiting_number
from cases.staff.barring import present
from cases.staff.models import User

log = logging.getLogger(__name__)

# One address or one mail is at fault, `ValueError` where no mail can carry the address; anything else is the server.
OF_ONE_MAIL = (SMTPRecipientsRefused, SMTPDataError, ValueError)
# Each try may last as long as `EMAIL_TIMEOUT`, and the worker has other work.
ENOUGH = 3


def send_notices(*, now: datetime | None = None) -> int:
    """Send everybody whose turn it is a mail; answers how many went. One that does not go is tried again next time."""
    sent, silent = 0, 0
    for user in ready_for_mail():
        moment = now or timezone.now()
        if not is_time(user, moment) or not _claim(user, moment):
            continue
        try:
            sent += _send_to(user)
        except (SMTPException, OSError, ValueError) as failure:
            _give_back(user, moment)
            # Neither the address nor what the server answered, which may repeat it.
            log.warning("A notice by mail could not be sent.")
            silent += not isinstance(failure, OF_ONE_MAIL)
        if silent == ENOUGH:
            log.warning("The mail server does not answer: the other notices wait for the next round.")
            break
    return sent


def _claim(user: User, moment: datetime) -> bool:
    """Written down before it is sent, so that two workers never send it twice. No row is held while the server
    thinks: an account can be frozen meanwhile, and who has just left for a border is not written to."""
    untouched = present().filter(pk=user.pk, mailed_at=user.mailed_at)
    return bool(untouched.update(mailed_at=moment))


def _give_back(user: User, moment: datetime) -> None:
    User.objects.filter(pk=user.pk, mailed_at=moment).update(mailed_at=user.mailed_at)


def _send_to(user: User) -> bool:
    with timezone.override(ZoneInfo(user.time_zone)), translation.override(user.language):
        number = waiting_number(user)
        if number:
            notice(number, user.email).send()
    return bool(number)


def notice(number: int, to: str) -> EmailMessage:
    said = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", number) % {"n": number}
    # Django would put the name of this machine into the id.
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": make_msgid(domain=host), "Auto-Submitted": "auto-generated"}
    return EmailMessage(said, f"{said}:\n{settings.SITE_URL}/\n", to=[to], headers=headers)
