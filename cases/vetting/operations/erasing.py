from collections.abc import Collection
from uuid import UUID

from cases.vetting.models import Conflict, Decision, Vote


def forget_votes(case_ids: Collection[UUID]) -> None:
    """Delete who voted how, and who did not vote; the database lets it happen for what two people erase."""
    of_them = {"applicant__in": list(case_ids)}
    Decision.objects.filter(**of_them).delete()
    Vote.objects.filter(confirms__isnull=False, **of_them).delete()
    Vote.objects.filter(**of_them).delete()
    Conflict.objects.filter(**of_them).delete()
