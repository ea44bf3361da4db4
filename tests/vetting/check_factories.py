"""Answers and questions for the tests of a vetting."""

from datetime import timedelta

from django.utils import timezone

from cases.applicants import operations as applicants
from cases.documents.operations.reference import load_reference
from cases.documents.tables import SHELVES
from cases.staff.models import random_id
from cases.vault import operations as vault
from cases.vetting.models import Check, CheckKind
from cases.vetting.operations.checks import answer_check
from cases.vetting.operations.questions import raise_question

FINDING = "Видно по видеозвонку: шрам Кулебякина, жетон Щ-4417"
LAWYER = "адвокат Непряхина"
CONTRADICTION = {
    "about": "Где он был в марте, когда часть Лопуховка?",
    "statements": [
        {"text": "Весь март на складе Пырьево", "source": "первое интервью Зюзина"},
        {"text": "Фотография у переправы Журавлиха", "source": "телефон Кулебякина"},
    ],
}
ANSWER = "Ездил туда один день за Тюлькиным"
SEALED = (
    FINDING,
    LAWYER,
    CONTRADICTION["about"],
    *(side[key] for side in CONTRADICTION["statements"] for key in ("text", "source")),
    ANSWER,
)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def load_checks():
    load_reference()
    return {kind.code: kind for kind in CheckKind.objects.all()}


def make_kind(code):
    """One check alone, as the file has it."""
    shelf = next(shelf for shelf in SHELVES if "checks" in shelf.files)
    row = next(row for row in shelf.read()["checks"] if row["code"] == code)
    return CheckKind.objects.create(**row)


def open_to_vera(work, applicant, *, holds=True):
    """Vera vets: the case is shared with her for work, and she can open the account if she `holds` it."""
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    if holds:
        vault.give_access(
            safe=applicant.account_safe,
            to=work.vera,
            unlocked=work.unlocked(work.olga),
            by=work.olga,
            reason="to vet",
        )
    return work.vera


def make_check(applicant, code="V01", *, by, sealed=None, version=None, **facts):
    known = Check.objects.filter(applicant=applicant, kind=code).first()
    first = {"result": "confirmed", "confidence": "high", "on": in_days(0)} if known is None else {}
    return answer_check(
        applicant=applicant,
        kind=CheckKind.objects.get(code=code),
        facts=first | facts,
        sealed=sealed,
        version=version if version is not None else (known.version if known else 0),
        by=by,
    )


def make_question(applicant, *, by, kind="contradiction", content=None, id=None):
    return raise_question(
        id=id or random_id(),
        applicant=applicant,
        kind=kind,
        content=CONTRADICTION if content is None else content,
        by=by,
    )
