"""What is to be asked of one person, and what was."""

from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from cases.applicants.models import Applicant
from cases.applicants.queries import Scope, find_of_case
from cases.staff.models import User
from cases.vetting.models import Question

State = Question.State


def questions_of(applicant: Applicant) -> QuerySet[Question]:
    """All of them, the ones that wait for something first."""
    waits = Case(When(state=State.SETTLED, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = Question.objects.filter(applicant=applicant).select_related("raised_by", "asked_by", "settled_by")
    return found.annotate(waits=waits).order_by("waits", "raised_at", "id")


def open_questions(applicant: Applicant) -> QuerySet[Question]:
    """Those that nobody has settled: they stop no decision, and are shown beside it."""
    return Question.objects.filter(applicant=applicant).exclude(state=State.SETTLED)


def incident_questions(applicant: Applicant) -> QuerySet[Question]:
    """Every question that an incident raised, settled or not."""
    return Question.objects.filter(applicant=applicant, kind=Question.Kind.INCIDENT)


def find_question(user: User, question_id: UUID, to: Scope = "work") -> Question:
    """Return one question of a case shared with `user`; anything else does not exist."""
    questions = Question.objects.select_related("raised_by", "asked_by", "settled_by")
    return find_of_case(questions, user, question_id, to)
