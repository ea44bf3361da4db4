"""The day's work on a case: notes and tasks."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Note, Task
from cases.applicants.operations.guarded import Guarded, remember
from cases.applicants.refusals import IdTaken
from cases.audit.operations import record
from cases.staff.models import User


@transaction.atomic
def add_note(*, id: UUID, applicant: Applicant, text: str, by: User, guarded: Guarded | None = None) -> Note:
    """Write a note; the same id again is answered with the note as it was written the first time."""
    note, made = Note.objects.get_or_create(pk=id, defaults={"applicant": applicant, "text": text, "by": by})
    if not made:
        if (note.applicant_id, note.by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return note
    touch(applicant)
    remember(guarded, applicant=applicant, what="note", subject=note.pk, by=by)
    record("applicants.note_added", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return note


@transaction.atomic
def add_task(
    *,
    id: UUID,
    applicant: Applicant,
    title: str,
    due_on: date | None,
    owner: User,
    by: User,
    guarded: Guarded | None = None,
) -> Task:
    """Set a task; the same id again is answered with the task as it was set the first time."""
    fields = {"applicant": applicant, "title": title, "due_on": due_on, "owner": owner, "created_by": by}
    task, made = Task.objects.get_or_create(pk=id, defaults=fields)
    if not made:
        if (task.applicant_id, task.created_by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return task
    touch(applicant)
    remember(guarded, applicant=applicant, what="task", subject=task.pk, by=by)
    detail = f"{applicant.pseudonym}: for {owner.username}"
    record("applicants.task_added", by=by, about=str(applicant.pk), detail=detail)
    return task


@transaction.atomic
def finish_task(*, task: Task, by: User) -> None:
    finished = Task.objects.filter(pk=task.pk, done_at__isnull=True).update(
        done_at=timezone.now(), done_by=by
    )
    if finished:
        touch(task.applicant)
        record("applicants.task_done", by=by, about=str(task.applicant_id), detail=task.applicant.pseudonym)


@transaction.atomic
def reopen_task(*, task: Task, by: User) -> None:
    reopened = Task.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None, done_by=None)
    if reopened:
        touch(task.applicant)
        record(
            "applicants.task_reopened", by=by, about=str(task.applicant_id), detail=task.applicant.pseudonym
        )


def touch(applicant: Applicant) -> None:
    """Note that something was done on a case now; called inside the operation that did it."""
    Applicant.objects.filter(pk=applicant.pk).update(updated_at=timezone.now())
