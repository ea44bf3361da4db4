"""Telling who owns a case that one of its deadlines comes within days: at the desk, and so by mail too."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline
from cases.audit.operations import record
from cases.desk.deadlines.kinds import REMINDED
from cases.staff.models import Announcement
from cases.staff.operations import announce

CODE = "deadline_near"
# So many days ahead; and so long a case is not spoken of again, however often this runs.
AHEAD = timedelta(days=3)


@transaction.atomic
def remind() -> int:
    """Tell each owner once of a case with a deadline ahead, and answer how many cases that were."""
    now = timezone.now()
    kinds = Q()
    for start in REMINDED:
        kinds |= Q(rule__startswith=start)
    near = Deadline.objects.filter(kinds, met_at__isnull=True, due_at__range=(now, now + AHEAD))
    told = Announcement.objects.filter(code=CODE, made_at__gt=now - AHEAD, about__isnull=False)
    cases = Applicant.objects.filter(pk__in=near.values("applicant"), owner__is_active=True)
    due = list(cases.exclude(pk__in=told.values("about")).select_related("owner"))
    for case in due:
        if case.owner:
            announce(code=CODE, to=[case.owner], about=case.pk)
    if due:
        record("desk.reminded", by=None, detail=str(len(due)))
    return len(due)
