"""Dossiers that were handed in, for the list of who knows of a person."""

from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.disclosures.elsewhere import Told
from cases.relocation.models import SubmittedPerson


def dossiers_with(applicant: Applicant) -> list[Told]:
    """The part without names; the names are an export of their own."""
    people = SubmittedPerson.objects.filter(applicant=applicant, submission__submitted_on__isnull=False)
    found = []
    for one in people.select_related("submission__group__government", "submission__submitted_by"):
        submission = one.submission
        if submission.submitted_on:
            government = str(submission.group.government)
            by = str(submission.submitted_by)
            found.append(Told(submission.submitted_on, government, _("dossier without names"), by))
    return found
