"""What a government asks about people that were put before it, and what we answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import meet_deadline, move_stage, set_deadline
from cases.applicants.operations.guarded import Guarded
from cases.applicants.refusals import StageBlocked
from cases.applicants.stages import Stage
from cases.applicants.timers import noon, written
from cases.audit.operations import record
from cases.relocation.models import QUESTION, Inquiry, Submission
from cases.relocation.queries.submissions import waiting_in
from cases.relocation.refusals import DoneAlready, NotHandedIn
from cases.staff.models import User

ANSWER_IT = _("Answer the question of the government")


@transaction.atomic
def add_inquiry(
    *, id: UUID, submission: Submission, facts: dict[str, Any], guarded: Guarded | None = None, by: User
) -> Inquiry:
    """Note a question; the case it is about moves to “Questions”, and its day becomes a deadline of whom it concerns."""
    if again := Inquiry.objects.filter(pk=id, submission=submission, added_by=by).first():
        return again
    if submission.submitted_on is None:
        raise NotHandedIn
    made = Inquiry.objects.create(id=id, submission=submission, added_by=by, **facts)
    about = Applicant.objects.filter(inquiries=made, stage=Stage.SUBMITTED)
    move_stage(applicants=list(about), target=Stage.QUESTIONS, reason="", by=by)
    if made.due_on is not None:
        _remind(made, _concerned(made), by)
    _record("relocation.inquiry_added", made, guarded, by)
    return made


@transaction.atomic
def answer_inquiry(*, inquiry: Inquiry, answer: str, guarded: Guarded | None = None, by: User) -> list[str]:
    """Keep our answer and meet the deadline. The case goes back to “Submitted” if it may; else the sentences say why not."""
    found = Inquiry.objects.select_for_update(of=("self",)).select_related("applicant", "submission__group")
    row = found.get(pk=inquiry.pk)
    if row.answered_on is not None:
        raise DoneAlready
    row.answer, row.answered_on, row.answered_by = answer, timezone.localdate(), by
    row.save(update_fields=["answer", "answered_on", "answered_by"])
    open_now = Deadline.objects.filter(rule=QUESTION, subject=str(row.pk), met_at=None)
    for deadline in open_now.select_related("applicant"):
        meet_deadline(deadline=deadline, by=by)
    left = _back_to_submitted(row, by)
    _record("relocation.inquiry_answered", row, guarded, by)
    return left


def _back_to_submitted(row: Inquiry, by: User) -> list[str]:
    applicant = row.applicant
    if applicant is None or applicant.stage != Stage.QUESTIONS:
        return []
    if Inquiry.objects.filter(applicant=applicant, answered_on=None).exists():
        return []
    try:
        move_stage(applicants=[applicant], target=Stage.SUBMITTED, reason="", by=by)
    except StageBlocked as blocked:
        return [str(blocked)]
    return []


def _concerned(inquiry: Inquiry) -> Iterable[Applicant]:
    return [inquiry.applicant] if inquiry.applicant else waiting_in(inquiry.submission)


def _remind(inquiry: Inquiry, people: Iterable[Applicant], by: User) -> None:
    assert inquiry.due_on is not None  # noqa: S101  # asked by the caller
    title, subject, due_at = written(ANSWER_IT), str(inquiry.pk), noon(inquiry.due_on)
    for one in people:
        set_deadline(
            applicant=one, rule=QUESTION, subject=subject, title=title, due_at=due_at, source="", by=by
        )


def _record(action: str, inquiry: Inquiry, guarded: Guarded | None, by: User) -> None:
    kept = f"; kept: {guarded.kept}" if guarded and guarded.kept else ""
    about = inquiry.applicant
    named = about.pseudonym if about else str(inquiry.submission)
    record(action, by=by, about=str(about.pk) if about else "", detail=f"{named}{kept}")
