"""Noting in one touch that somebody was written to, or was heard from."""

from typing import Literal

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.stages import meet_deadline
from cases.audit.operations import record
from cases.staff.models import User

Contact = Literal["written", "heard"]
COLUMNS = {"written": "last_written_on", "heard": "last_contact_on"}
ACTIONS = {"written": "applicants.written_to", "heard": "applicants.heard_from"}


@transaction.atomic
def note_contact(*, applicant: Applicant, contact: Contact, by: User) -> bool:
    """Note it for today; False where that stands there already, so that a second touch says nothing twice.

    Writing to somebody meets the deadline to answer the first message.
    """
    fresh = Applicant.objects.select_for_update().get(pk=applicant.pk)
    column, today = COLUMNS[contact], timezone.localdate()
    if getattr(fresh, column) == today:
        return False
    setattr(fresh, column, today)
    # Whoever has the form of the facts open is shown that the day changed.
    fresh.version += 1
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[column, "version", "updated_at"])
    if contact == "written":
        for deadline in fresh.deadlines.filter(rule="applicants.answer", met_at__isnull=True):
            meet_deadline(deadline=deadline, by=by)
    record(ACTIONS[contact], by=by, about=str(fresh.pk), detail=fresh.pseudonym)
    return True
