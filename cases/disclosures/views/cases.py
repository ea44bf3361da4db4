"""Who was told of one person."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.applicants.consents import standings_of
from cases.applicants.models import Purpose
from cases.applicants.queries import find_applicant
from cases.disclosures import queries
from cases.disclosures.elsewhere import told_elsewhere
from cases.disclosures.fields import labels_of
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.queries import may_open


@requires(Permission.SEE_CASES)
@require_GET
def told(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "told": [(one.disclosure, labels_of(one.fields)) for one in queries.disclosures_of(applicant)],
        "elsewhere": [(one, labels_of(one.fields)) for one in told_elsewhere(applicant)],
        "asked": queries.asked_about(applicant),
        "consents": [one for one in standings_of(applicant) if one.purpose != Purpose.MEDIA],
        "asks": request.user.may(Permission.DISCLOSE) and may_open(request.user, applicant.identity_safe),
    }
    return render(request, "disclosures/told.html", context)
