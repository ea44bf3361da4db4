"""Freezing a dossier, handing it in, and what the government answers. Cases move only by the table of their stages."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.operations import move_stage, set_deadline
from cases.applicants.stages import PHASES, REASONS, Stage
from cases.applicants.timers import written
from cases.audit.operations import record
from cases.disclosures.models import Export
from cases.relocation.dossier import contents, household_numbers, in_order, part_hash, whole_hash
from cases.relocation.models import FOLLOW_UP, Group, Reason, Submission, SubmittedPerson
from cases.relocation.operations.groups import move_group
from cases.relocation.queries.groups import people_of
from cases.relocation.queries.submissions import consents_of, out_of_date, sees_all, waiting_in
from cases.relocation.refusals import (
    AnsweredAlready,
    ChangedSince,
    HandedInAlready,
    NobodyAgrees,
    NotAllSeen,
    NotHandedIn,
    NotOfTheGroup,
)
from cases.staff.models import User, random_id

REFUSED = _("The government refused.")
# Who is there already, or further on, is not moved back.
_THERE = [stage for phase in PHASES[4:] for stage in phase.stages]
Answer = SubmittedPerson.Answer


def register() -> None:
    REASONS[written(REFUSED)] = REFUSED


@transaction.atomic
def freeze(*, id: UUID, group: Group, by: User) -> Submission:
    """Keep what is said of everybody who agrees to it, as it is now. The same id again answers the same version."""
    if again := Submission.objects.filter(pk=id, group=group, frozen_by=by).first():
        return again
    found = Group.objects.select_for_update(of=("self",)).select_related("government").get(pk=group.pk)
    if people_of(found, by).hidden:
        raise NotAllSeen
    going = consents_of(found, by).going
    if not going:
        raise NobodyAgrees
    now, numbers = contents(going), household_numbers(going)
    people = [
        SubmittedPerson(id=random_id(), applicant=one, content=now[one.pk] | {"household": numbers[one.pk]})
        for one in going
    ]
    people.sort(key=lambda one: in_order(one.content))
    for one in people:
        one.content_hash = part_hash(one.pk, one.content)
    head = {
        "group": found.name,
        "government": str(found.government.name),
        "country": found.government.country.code,
    }
    head |= {
        "version": Submission.objects.filter(group=found).count() + 1,
        "day": timezone.localdate().isoformat(),
    }
    made = _keep(id, found, head, people, by)
    named = ", ".join(one.pseudonym for one in going)
    record("relocation.frozen", by=by, detail=f"{found.name}, {made.number}: {named}; {made.content_hash}")
    return made


def _keep(
    id: UUID, group: Group, head: dict[str, Any], people: Sequence[SubmittedPerson], by: User
) -> Submission:
    parts = [one.content_hash for one in people]
    made = Submission.objects.create(
        id=id,
        group=group,
        number=head["version"],
        head=head,
        part_hashes=parts,
        content_hash=whole_hash(head, parts),
        frozen_by=by,
    )
    for one in people:
        one.submission = made
    SubmittedPerson.objects.bulk_create(people)
    return made


@transaction.atomic
def hand_in(*, submission: Submission, on: date, by: User) -> None:
    """Say that it was handed in. Every case that is not there yet moves to “Submitted”, by its guards, or none does."""
    found = _locked(submission)
    if found.submitted_on is not None:
        raise HandedInAlready
    if not sees_all(found, by):
        raise NotAllSeen
    if stale := out_of_date(found):
        raise ChangedSince(stale)
    going = list(Applicant.objects.filter(submitted__submission=found).exclude(stage__in=_THERE))
    move_stage(applicants=going, target=Stage.SUBMITTED, reason="", by=by)
    found.submitted_on, found.submitted_by = on, by
    found.save(update_fields=["submitted_on", "submitted_by"])
    _carry_approvals(found)
    if found.group.state in (Group.State.DRAFT, Group.State.ANSWERED):
        move_group(group=found.group, state=Group.State.SUBMITTED, by=by)
    record("relocation.handed_in", by=by, detail=f"{found}: {on:%Y-%m-%d}")


@transaction.atomic
def note_receipt(*, submission: Submission, receipt: str, receipt_on: date | None, by: User) -> None:
    found = _handed_in(submission)
    found.receipt, found.receipt_on = receipt, receipt_on
    found.save(update_fields=["receipt", "receipt_on"])
    record("relocation.receipt_noted", by=by, detail=str(found))


@transaction.atomic
def asked_for_news(*, submission: Submission, by: User) -> None:
    """Say that the government was asked today: everybody who waits comes up again in a fortnight."""
    found, now = _handed_in(submission), timezone.now()
    found.asked_on = timezone.localdate()
    found.save(update_fields=["asked_on"])
    for applicant in waiting_in(found).filter(stage__in=[Stage.SUBMITTED, Stage.QUESTIONS]):
        set_deadline(
            applicant=applicant,
            rule=FOLLOW_UP.rule,
            subject="",
            title=written(FOLLOW_UP.title),
            due_at=now + FOLLOW_UP.after,
            source=written(FOLLOW_UP.source),
            by=by,
        )
    record("relocation.asked_for_news", by=by, detail=str(found))


@transaction.atomic
def note_answer(
    *, person: SubmittedPerson, answer: str, reason: str = Reason.UNSAID, on: date, by: User
) -> None:
    """Note the answer for one person and move the case; when all are answered, the group is. `reason`: of a refusal."""
    found = SubmittedPerson.objects.select_for_update(of=("self",)).select_related(
        "submission__group", "applicant"
    )
    row = found.get(pk=person.pk)
    if row.submission.submitted_on is None:
        raise NotHandedIn
    if row.answer != Answer.WAITING:
        raise AnsweredAlready
    refused = answer == Answer.REFUSED
    target, code = (Stage.REFUSED, str(reason)) if refused else (Stage.APPROVED, "")
    said = written(REFUSED) if refused else ""
    move_stage(applicants=[row.applicant], target=target, reason=said, code=code, by=by)
    group = row.submission.group
    # An answer is about the person, whichever version they read.
    same = _handed_in_with(group).filter(applicant=row.applicant, answer=Answer.WAITING)
    same.update(answer=answer, reason=code, answered_on=on, answered_by=by)
    if (
        not row.submission.people.filter(answer=Answer.WAITING).exists()
        and group.state == Group.State.SUBMITTED
    ):
        move_group(group=group, state=Group.State.ANSWERED, by=by)
    detail = f"{row.applicant.pseudonym}: {answer}{code and f' ({code})'}, {on:%Y-%m-%d}"
    record("relocation.answer_noted", by=by, about=str(row.applicant_id), detail=detail)


@transaction.atomic
def link_annex(*, submission: Submission, export: Export, by: User) -> None:
    """Say which export with names belongs to this submission; what becomes of it is said by the export."""
    found = _locked(submission)
    asked = set(export.people.values_list("applicant", flat=True))
    inside = set(found.people.values_list("applicant", flat=True))
    if export.asker != by or export.audience != "government" or not asked or not asked <= inside:
        raise NotOfTheGroup
    found.annex = export
    found.save(update_fields=["annex"])
    record("relocation.annex_linked", by=by, detail=str(found))


def paper_taken(*, submission: Submission, language: str, by: User) -> None:
    """Note that somebody took the paper out of the house."""
    record("relocation.paper_taken", by=by, detail=f"{submission}: {language}; {submission.content_hash}")


def _handed_in_with(group: Group) -> QuerySet[SubmittedPerson]:
    return SubmittedPerson.objects.filter(submission__group=group, submission__submitted_on__isnull=False)


def _carry_approvals(submission: Submission) -> None:
    """Who was approved on an earlier version waits for nothing; who was refused and comes again does."""
    earlier = _handed_in_with(submission.group).filter(answer=Answer.APPROVED)
    for one in earlier.exclude(submission=submission):
        known = {"answer": one.answer, "answered_on": one.answered_on, "answered_by": one.answered_by}
        submission.people.filter(applicant=one.applicant_id).update(**known)


def _locked(submission: Submission) -> Submission:
    found = Submission.objects.select_for_update(of=("self",)).select_related("group__government")
    return found.get(pk=submission.pk)


def _handed_in(submission: Submission) -> Submission:
    found = _locked(submission)
    if found.submitted_on is None:
        raise NotHandedIn
    return found
