"""Legal holds: what must be kept is not erased until somebody else ends the hold."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, ErasedCase, Erasure, LegalHold
from cases.applicants.refusals import BeingErased, EndedByAnother, HeldAlready, NoHold
from cases.audit.operations import record
from cases.staff.models import User


@transaction.atomic
def set_hold(*, applicant: Applicant, reason: str, review_on: date, by: User) -> LegalHold:
    """Keep a case from being erased; what only waits for approval cannot be approved any more."""
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    approved = Erasure.objects.filter(answer=Erasure.Answer.APPROVED)
    if ErasedCase.objects.filter(case=applicant.pk, erasure__in=approved).exists():
        raise BeingErased
    if LegalHold.objects.filter(applicant=applicant, ended_at=None).exists():
        raise HeldAlready
    hold = LegalHold.objects.create(applicant=applicant, reason=reason, review_on=review_on, set_by=by)
    detail = f"{reason}, until {review_on} at least"
    record("applicants.hold_set", by=by, about=str(applicant.pk), detail=detail)
    return hold


@transaction.atomic
def review_hold(*, applicant: Applicant, review_on: date, by: User) -> None:
    """Leave a hold as it is, and say when it is looked at again."""
    hold = _living(applicant)
    hold.review_on = review_on
    hold.save(update_fields=["review_on"])
    record("applicants.hold_reviewed", by=by, about=str(applicant.pk), detail=str(review_on))


@transaction.atomic
def end_hold(*, applicant: Applicant, by: User) -> None:
    """Let a case go. Who set the hold does not end it alone."""
    hold = _living(applicant)
    if hold.set_by_id == by.pk:
        raise EndedByAnother
    hold.ended_by, hold.ended_at = by, timezone.now()
    hold.save(update_fields=["ended_by", "ended_at"])
    record("applicants.hold_ended", by=by, about=str(applicant.pk), detail=hold.reason)


def _living(applicant: Applicant) -> LegalHold:
    hold = LegalHold.objects.select_for_update().filter(applicant=applicant, ended_at=None).first()
    if hold is None:
        raise NoHold
    return hold
