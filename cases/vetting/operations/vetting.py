"""The row every part of a vetting meets at."""

from django.db.models import F

from cases.applicants.models import Applicant
from cases.vetting.models import Vetting


def lock_vetting(applicant: Applicant) -> Vetting:
    """Return the locked row of a person's vetting, made at the first need. Only inside a transaction."""
    Vetting.objects.get_or_create(applicant=applicant)
    return Vetting.objects.select_for_update().get(applicant=applicant)


def service_changed(applicant: Applicant) -> None:
    """Say that the service record is another one now: votes given on the earlier one are stale."""
    lock_vetting(applicant)
    Vetting.objects.filter(applicant=applicant).update(service_version=F("service_version") + 1)
