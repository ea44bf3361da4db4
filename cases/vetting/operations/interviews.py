"""Planning interviews and writing down what was said. The answers go into the account safe, locked or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from cases.applicants.models import Applicant
from cases.applicants.operations import add_task, finish_task
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vetting.account import seal_account
from cases.vetting.models import EntryChange, Interview
from cases.vetting.operations import entries
from cases.vetting.queries.heard import main_version

_REMINDS = {"state", "held_on", "interviewer"}


@dataclass(frozen=True)
class Basis:
    """What the writer had opened into the form: the version of the main document, and the sittings it holds by now, each
    up to a version: what is written to a sitting afterwards is not in it."""

    version: int
    holds: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """`basis` to go on with, where the main document was written; `beside`: it should have been, and a colleague had
    written it in between."""

    basis: Basis | None
    beside: bool


@transaction.atomic
def add_interview(*, id: UUID, applicant: Applicant, facts: Mapping[str, Any], by: User) -> Interview:
    """Record an interview that is planned or was held; the same id again is answered with the first one."""
    clear = {name: facts[name] for name in Interview.CLEAR if name in facts}
    interview, new = entries.made(Interview, id=id, applicant=applicant, clear=clear, by=by)
    if new:
        _remind(interview, by)
        touch(applicant)
        detail = f"{applicant.pseudonym}: {interview.state}"
        record("vetting.interview_added", by=by, about=str(applicant.pk), detail=detail)
    return interview


@transaction.atomic
def edit_interview(*, interview: Interview, changes: Mapping[str, Any], version: int, by: User) -> Interview:
    """Save what differs, unless somebody saved since `version`: then say what stands there now."""
    fresh = entries.locked(interview)
    changed = entries.change(fresh, changes=changes, sealed=None, version=version, by=by)
    if _REMINDS & set(changed):
        _remind(fresh, by)
    if changed:
        detail = f"{fresh.applicant.pseudonym}: {fresh.state}"
        record("vetting.interview_edited", by=by, about=str(fresh.applicant_id), detail=detail)
    return fresh


@transaction.atomic
def write_interview(
    *, interview: Interview, content: Mapping[str, Any], part: str, basis: Basis | None, by: User
) -> Written:
    """Seal what was written, again and again while it is being written.

    With a `basis` it takes the place of all that the writer had opened, unless somebody else did that in between.
    Without, or then, it becomes the sitting `part` beside what is there: nothing is lost, and nothing need be opened.
    """
    fresh = entries.locked(interview)
    kind, further = f"{fresh.sealed_kind}-{part}", None
    if basis is not None and main_version(fresh) == basis.version:
        kind, further = fresh.sealed_kind, Basis(basis.version + 1, basis.holds)
        content = {**content, "holds": basis.holds}
    seal_account(applicant=fresh.applicant, kind=kind, content=content, by=by)
    if not _noted_today(fresh, by):
        entries.remember(fresh, {"sealed": ("", "")}, by)
    touch(fresh.applicant)
    detail = fresh.applicant.pseudonym
    record("vetting.interview_written", by=by, about=str(fresh.applicant_id), detail=detail)
    return Written(further, beside=basis is not None and further is None)


@transaction.atomic
def strike_interview(*, interview: Interview, reason: str, by: User) -> None:
    fresh = entries.locked(interview)
    entries.strike(fresh, reason=reason, by=by)
    _remind(fresh, by)
    detail = f"{fresh.applicant.pseudonym}: {reason}"
    record("vetting.interview_struck", by=by, about=str(fresh.applicant_id), detail=detail)


def _remind(interview: Interview, by: User) -> None:
    """Give the interviewer a task for the day; the earlier one has served."""
    if interview.task is not None:
        interview.task.applicant = interview.applicant
        finish_task(task=interview.task, by=by)
    interview.task = None
    if interview.state == Interview.State.PLANNED and interview.struck_at is None:
        with override(interview.interviewer.language):
            title = gettext("Hold the interview that is planned")
        interview.task = add_task(
            id=random_id(),
            applicant=interview.applicant,
            title=title,
            due_on=interview.held_on,
            owner=interview.interviewer,
            by=by,
        )
    interview.save(update_fields=["task"])


def _noted_today(interview: Interview, by: User) -> bool:
    """Saving a draft every few minutes is one line of the history."""
    since = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    notes = EntryChange.objects.filter(entry=interview.pk, field="sealed", by=by, at__gte=since)
    return notes.exists()
