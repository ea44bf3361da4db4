"""Questions to the person: raised, asked, answered, settled. What they say lies in the account safe."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.applicants.refusals import IdTaken
from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vetting.account import seal_account
from cases.vetting.models import Question
from cases.vetting.operations.vetting import lock_vetting
from cases.vetting.queries.questions import incident_questions
from cases.vetting.refusals import NotWithQuestion, QuestionChangedMeanwhile

State = Question.State
# From which states a question comes into a state. An answer can be corrected, and a settlement changed.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.ASKED: (State.OPEN,),
    State.ANSWERED: (State.OPEN, State.ASKED, State.ANSWERED),
    State.SETTLED: (State.OPEN, State.ASKED, State.ANSWERED, State.SETTLED),
}


@transaction.atomic
def raise_question(
    *, id: UUID, applicant: Applicant, kind: str, content: Mapping[str, Any], by: User
) -> Question:
    """Write a question down; the same id again is answered with the question as it was raised the first time."""
    lock_vetting(applicant)
    question, made = Question.objects.get_or_create(
        pk=id, defaults={"applicant": applicant, "kind": kind, "raised_by": by}
    )
    if not made:
        if (question.applicant_id, question.raised_by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return question
    question.applicant = applicant
    _seal(question, content, by)
    _note("vetting.question_raised", question, by, kind)
    return question


@transaction.atomic
def raise_incident_questions(
    *,
    applicant: Applicant,
    found: Sequence[Mapping[str, Any]],
    known: Mapping[UUID, Mapping[str, Any]],
    by: User,
) -> list[Question]:
    """Raise a question for each match of a period with an incident that has none yet.

    `known` are the opened questions of this kind. Somebody who was faster left others than these: then nothing
    is raised, and the next look finds what is still missing.
    """
    lock_vetting(applicant)
    if set(incident_questions(applicant).values_list("pk", flat=True)) != set(known):
        return []
    seen = {_pair(content.get("match", {})) for content in known.values()}
    raised = []
    for match in found:
        if _pair(match) in seen:
            continue
        seen.add(_pair(match))
        content = {"reason": match.get("reason", ""), "match": _as_text(match)}
        raised.append(
            raise_question(
                id=random_id(), applicant=applicant, kind=Question.Kind.INCIDENT, content=content, by=by
            )
        )
    return raised


@transaction.atomic
def mark_asked(*, question: Question, by: User) -> None:
    """Note that the person was asked, before there is an answer."""
    fresh = _locked(question, State.ASKED)
    _mark_asked(fresh, by)
    fresh.state = State.ASKED
    _save(fresh, "state", "asked_by", "asked_at")
    _note("vetting.question_asked", fresh, by)


@transaction.atomic
def record_answer(*, question: Question, content: Mapping[str, Any], by: User) -> None:
    """Seal the question anew with the person's answer in it; `question` is as it was when `content` was opened."""
    fresh = _locked(question, State.ANSWERED)
    if fresh.asked_at is None:
        _mark_asked(fresh, by)
    fresh.state, fresh.answered_at = State.ANSWERED, timezone.now()
    _seal(fresh, content, by)
    _save(fresh, "state", "asked_by", "asked_at", "answered_at")
    _note("vetting.question_answered", fresh, by)


@transaction.atomic
def settle_question(*, question: Question, how: str, content: Mapping[str, Any] | None, by: User) -> None:
    """Say how a question ended. `content` seals it anew, with our assessment in it; None leaves it as it is."""
    fresh = _locked(question, State.SETTLED)
    fresh.state, fresh.settled_how = State.SETTLED, how
    fresh.settled_by, fresh.settled_at = by, timezone.now()
    if content is not None:
        _seal(fresh, content, by)
    _save(fresh, "state", "settled_how", "settled_by", "settled_at")
    _note("vetting.question_settled", fresh, by, how)


def _mark_asked(question: Question, by: User) -> None:
    question.asked_by, question.asked_at = by, timezone.now()


def _locked(question: Question, to: str) -> Question:
    """The row as it is now, if nobody wrote since `question` was read and it may come into that state."""
    lock_vetting(question.applicant)
    fresh = Question.objects.select_for_update().get(pk=question.pk)
    if fresh.state not in TRANSITIONS[to]:
        raise NotWithQuestion
    if fresh.version != question.version:
        raise QuestionChangedMeanwhile
    fresh.applicant = question.applicant
    return fresh


def _save(question: Question, *fields: str) -> None:
    question.version += 1
    question.save(update_fields=[*fields, "version"])


def _seal(question: Question, content: Mapping[str, Any], by: User) -> None:
    seal_account(applicant=question.applicant, kind=question.sealed_kind, content=content, by=by)


def _pair(match: Mapping[str, Any]) -> tuple[str, str]:
    """Which incident met which period."""
    return str(match.get("incident", "")), str(match.get("period", ""))


def _as_text(match: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, UUID) else value
        for key, value in match.items()
        if key != "reason"
    }


def _note(action: str, question: Question, by: User, detail: str = "") -> None:
    applicant = question.applicant
    touch(applicant)
    said = f"{applicant.pseudonym}: {detail}" if detail else applicant.pseudonym
    record(action, by=by, about=str(applicant.pk), detail=said)
