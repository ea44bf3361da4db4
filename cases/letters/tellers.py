"""Letters, for the list of who knows of a person."""

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.disclosures.elsewhere import Told


def letters_about(applicant: Applicant) -> list[Told]:
    """That a letter was written is known; that it was handed over is not, and it is counted as if."""
    written = applicant.letters.select_related("template", "written_by")
    return [
        Told(
            timezone.localdate(one.written_at),
            one.for_whom,
            str(one.template),
            str(one.written_by),
            tuple(one.fields),
        )
        for one in written
    ]
