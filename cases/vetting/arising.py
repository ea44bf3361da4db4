"""What an opened service record raises against the register of incidents: questions for the interviewer, never a verdict."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.vetting.meeting_words import Question, questions
from cases.vetting.models import Account
from cases.vetting.operations.questions import raise_incident_questions
from cases.vetting.queries.incidents import register
from cases.vetting.queries.questions import incident_questions
from cases.vetting.record import Record


def question_kinds(applicant: Applicant) -> dict[UUID, str]:
    """The questions that incidents raised already, and under which kind each is sealed."""
    return {question.pk: question.sealed_kind for question in incident_questions(applicant)}


def met_by(record: Record) -> list[Question]:
    """One question for each incident that a period meets, the strongest meeting first."""
    periods = [content for entry, content in record.periods if entry.account != Account.PUBLIC]
    found: dict[str, Question] = {}
    for question in questions(periods, register()):
        found.setdefault(question.incident, question)
    return list(found.values())


def raise_what_is_met(
    *,
    applicant: Applicant,
    met: list[Question],
    kinds: Mapping[UUID, str],
    contents: Mapping[str, Mapping[str, Any]],
    by: User,
) -> int:
    """Write down as questions to the person what no question says yet; return how many are new.

    Where one of the earlier ones did not open, nothing is raised: it may be the same.
    """
    known = {pk: contents[kind] for pk, kind in kinds.items() if kind in contents}
    found = [
        {"incident": one.incident, "period": "", "reason": [one.ask, *one.because]}
        for one in met
        if not one.is_nearby
    ]
    return len(raise_incident_questions(applicant=applicant, found=found, known=known, by=by))
