"""One case open to one colleague for some hours: the interview as the pages know it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.staff.door import SignedInRequest
from cases.vault import interviews, unlock


@dataclass(frozen=True)
class Running:
    applicant: Applicant
    until: datetime
    seconds: int

    @property
    def applicant_id(self) -> UUID:
        return self.applicant.pk


def interview_of(request: SignedInRequest) -> Running | None:
    """The interview that whoever asks is in, with a case that is still shared with them."""
    row = interviews.running(request.user, unlock.current(request))
    if row is None:
        return None
    about = Q(identity_safe__in=row.safes) | Q(account_safe__in=row.safes)
    applicant = applicants_for(request.user).filter(about).first()
    return Running(applicant, interviews.until(row), interviews.seconds_left(row)) if applicant else None


def eased(form: OpenForm, request: SignedInRequest, applicant: Applicant) -> OpenForm:
    """The form that opens something of a case: in an interview with the person it needs no reason.

    It decides nothing: without a reason the vault itself asks whether there is an interview.
    """
    form.fields["reason"].required = _within(request, applicant) is None
    return form


def seconds_shown(request: SignedInRequest, applicant: Applicant, otherwise: int) -> int:
    """How long something opened stays on the screen: `otherwise`, or to the end of an interview with the person."""
    running = _within(request, applicant)
    return running.seconds if running else otherwise


def _within(request: SignedInRequest, applicant: Applicant) -> Running | None:
    running = interview_of(request)
    return running if running and running.applicant_id == applicant.pk else None
