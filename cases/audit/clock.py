"""Whether the clock can be believed: it is compared with every time that was written down before.

Who relies on days that have passed, and cannot take back what was done, asks here first.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.utils import timezone

from cases.audit.heads import read_heads
from cases.audit.models import Entry

# A machine may be adjusted by so much, and a server may stand still for so long.
SLACK = timedelta(minutes=5)
STANDSTILL = timedelta(days=7)
# A leap forward is followed by rows that look as if nothing had happened: it is remembered for a day.
MEMORY = timedelta(days=1)


def has_jumped(now: datetime | None = None) -> bool:
    """Whether it is earlier than what was written last, or leapt ahead of it within a day."""
    now = now or timezone.now()
    times = [*_times_of_log(now - MEMORY), *read_heads().times]
    if any(time > now + SLACK for time in times):
        return True
    known = sorted(times)
    if not known:
        return False
    # Somebody is logged in, and that was written down: no login lasts longer than this.
    if now - known[-1] > timedelta(seconds=settings.LOGIN_ABSOLUTE_SECONDS) + SLACK:
        return True
    steps = pairwise(known)
    return any(later - earlier > STANDSTILL for earlier, later in steps if later > now - MEMORY)


def _times_of_log(since: datetime) -> Iterable[datetime]:
    """The newest rows, and the first one before them."""
    for at in Entry.objects.order_by("-id").values_list("at", flat=True).iterator(chunk_size=500):
        yield at
        if at < since:
            return
