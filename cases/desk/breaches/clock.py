"""The 72 hours in words."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.desk.breaches.queries import Pressing, pressing_for
from cases.desk.models import Breach
from cases.staff.models import User

HOUR = timedelta(hours=1)


def left(breach: Breach) -> str:
    """How long is left to notify the authority, or what became of it."""
    if breach.notified_at is not None:
        return _("The authority is notified")
    if breach.decision == Breach.Decision.NO_NEED:
        return _("Decided: no need to notify")
    span = breach.due_at - timezone.now()
    hours = abs(span) // HOUR
    if span < timedelta(0):
        said = ngettext("overdue by %(n)d hour", "overdue by %(n)d hours", hours)
    elif hours:
        said = ngettext("%(n)d hour left", "%(n)d hours left", hours)
    else:
        return _("less than an hour left")
    return said % {"n": hours}


def clocked(viewer: User) -> list[tuple[Pressing, str]]:
    """What presses at the desk, each with its clock in words."""
    return [(one, left(one.breach)) for one in pressing_for(viewer)]
