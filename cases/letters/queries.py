from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.letters.models import Letter, LetterTemplate


def templates() -> QuerySet[LetterTemplate]:
    """The templates in force today."""
    today = timezone.localdate()
    begun = Q(begins__isnull=True) | Q(begins__lte=today)
    going_on = Q(ends__isnull=True) | Q(ends__gte=today)
    return LetterTemplate.objects.filter(begun, going_on)


def find_template(key: str) -> LetterTemplate:
    found = templates().filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def letters_of(applicant: Applicant) -> QuerySet[Letter]:
    return applicant.letters.select_related("template", "written_by")
