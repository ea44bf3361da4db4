"""The checks that support needs of a person, and which of them are answered today."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.vetting.models import Check, CheckKind


def answered(applicant: Applicant) -> dict[str, Check]:
    """The answers that count today, by the code of the check."""
    today = timezone.localdate()
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    found = Check.objects.filter(lasting, applicant=applicant).select_related("kind", "by")
    return {check.kind_id: check for check in found}


def needed_missing(applicant: Applicant) -> list[CheckKind]:
    """The checks that support needs and that nobody answered, or whose answer expired."""
    known = answered(applicant)
    return [kind for kind in _needed(applicant) if kind.code not in known]


def _needed(applicant: Applicant) -> QuerySet[CheckKind]:
    today = timezone.localdate()
    in_force = (Q(begins__isnull=True) | Q(begins__lte=today)) & (Q(ends__isnull=True) | Q(ends__gte=today))
    whom = Q(categories__len=0) | Q(categories__contains=[applicant.category])
    answers = Check.objects.filter(applicant=applicant).values("kind")
    return CheckKind.objects.filter((in_force & whom) | Q(code__in=answers), needed=True)
