"""Closing a case, and deciding that it is kept longer. Erasing has its own two people."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations import move_stage, note_if_said
from cases.applicants.operations.guarded import Guarded
from cases.applicants.stages import ENDINGS
from cases.audit.operations import record
from cases.retention.models import KeptLonger
from cases.retention.queries import class_of
from cases.retention.refusals import ContactLater, NoEnding, StillOpen
from cases.staff.models import User


@transaction.atomic
def close_case(
    *,
    applicant: Applicant,
    outcome: str,
    reason: str,
    last_contact_on: date | None,
    guarded: Guarded | None = None,
    by: User,
) -> None:
    """End a case by the table of transitions, and say when the person was last in contact: from then on its time counts.

    Sent again, it does nothing.
    """
    fresh = Applicant.objects.select_for_update().get(pk=applicant.pk)
    if fresh.stage == outcome:
        return
    if outcome not in ENDINGS:
        raise NoEnding
    known = fresh.last_contact_on
    if known and (last_contact_on is None or last_contact_on < known):
        raise ContactLater
    if last_contact_on != known:
        fresh.last_contact_on, fresh.updated_at = last_contact_on, timezone.now()
        # Whoever has the form of the facts open is shown that the day changed.
        fresh.version += 1
        fresh.save(update_fields=["last_contact_on", "version", "updated_at"])
    move_stage(applicants=[fresh], target=outcome, reason=reason, guarded=guarded, by=by)
    detail = f"{fresh.pseudonym}: {outcome}, last contact {last_contact_on or 'not known'}"
    record("retention.closed", by=by, about=str(fresh.pk), detail=detail)


@transaction.atomic
def keep_longer(
    *,
    id: UUID,
    applicant: Applicant,
    reason: str,
    until: date,
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> KeptLonger:
    """Keep a case beyond its day until another; the same id again is answered with what was decided the first time."""
    fresh = Applicant.objects.select_for_update().get(pk=applicant.pk)
    if again := KeptLonger.objects.filter(pk=id, applicant=fresh, by=by).first():
        return again
    if class_of(fresh) is None:
        raise StillOpen
    note = note_if_said(fresh, known, guarded, by)
    kept = KeptLonger.objects.create(id=id, applicant=fresh, reason=reason, until=until, note=note, by=by)
    record(
        "retention.kept_longer",
        by=by,
        about=str(fresh.pk),
        detail=f"{fresh.pseudonym}: {reason}, until {until}",
    )
    return kept
