"""Whose vetting somebody works on."""

from django.db.models import QuerySet

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.applicants.stages import Stage
from cases.staff.models import User

AT_WORK = (Stage.VETTING, Stage.VETTING_HOLD)


def cases_in_vetting(user: User) -> QuerySet[Applicant]:
    """The cases in vetting that are shared with the person for work, the longest waiting first."""
    return (
        applicants_for(user, "work").filter(stage__in=AT_WORK).select_related("owner").order_by("stage_since")
    )
