from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.documents.queries.reference import in_force
from cases.letters.models import Letter, LetterTemplate


def templates() -> QuerySet[LetterTemplate]:
    """The templates in force today."""
    return LetterTemplate.objects.filter(in_force(timezone.localdate()))


def find_template(key: str) -> LetterTemplate:
    found = templates().filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def letters_of(applicant: Applicant) -> QuerySet[Letter]:
    return applicant.letters.select_related("template", "written_by")
