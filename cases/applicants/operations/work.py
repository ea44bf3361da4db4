"""The day's work on a case: notes and tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.mentions import mentioned_in
from cases.applicants.models import Applicant, Note, Task
from cases.applicants.operations.guarded import Guarded, remember
from cases.applicants.refusals import IdTaken, TaskChangedMeanwhile
from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.staff.operations import announce

EDITABLE_TASK = ("title", "due_on", "owner")


@transaction.atomic
def add_note(*, id: UUID, applicant: Applicant, text: str, by: User, guarded: Guarded | None = None) -> Note:
    """Write a note, and tell who is mentioned in it; the same id again is answered with the note as it was then."""
    note, made = Note.objects.get_or_create(pk=id, defaults={"applicant": applicant, "text": text, "by": by})
    if not made:
        if (note.applicant_id, note.by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return note
    told = [one for one in mentioned_in(text, applicant) if one != by]
    announce(code="mentioned", to=told, who=[by], about=applicant.pk)
    touch(applicant)
    remember(guarded, applicant=applicant, what="note", subject=note.pk, by=by)
    record("applicants.note_added", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return note


def note_if_said(applicant: Applicant, text: str, guarded: Guarded | None, by: User) -> Note | None:
    """Write the words that were typed beside something else; none where nothing was."""
    if not text.strip():
        return None
    return add_note(id=random_id(), applicant=applicant, text=text, guarded=guarded, by=by)


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
def edit_task(
    *, task: Task, changes: Mapping[str, Any], version: int, by: User, guarded: Guarded | None = None
) -> Task:
    """Save what differs of title, day and owner, unless somebody saved since `version`: then say what stands there now."""
    fresh = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    fresh.applicant = task.applicant
    now = {name: getattr(fresh, name) for name in EDITABLE_TASK}
    changed = [name for name in EDITABLE_TASK if changes[name] != now[name]]
    if not changed:
        return fresh
    if fresh.version != version:
        raise TaskChangedMeanwhile(now | {"version": fresh.version})
    for name in changed:
        setattr(fresh, name, changes[name])
    fresh.version += 1
    fresh.save(update_fields=[*changed, "version"])
    touch(fresh.applicant)
    if "title" in changed:
        remember(guarded, applicant=fresh.applicant, what="task", subject=fresh.pk, by=by)
    detail = f"{fresh.applicant.pseudonym}: {', '.join(changed)}"
    record("applicants.task_edited", by=by, about=str(fresh.applicant_id), detail=detail)
    return fresh


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
