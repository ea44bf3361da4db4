"""The tab “Interviews and referees”: how far V16 and V17 are met, who was heard, and opening what the referees said."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased
from cases.applicants.queries import find_applicant
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.views import by_fetch
from cases.vetting.heard_page import heard_page
from cases.vetting.queries.heard import referees_of
from cases.vetting.tabs import frame
from cases.vetting.views.entries import opened


@requires(Permission.SEE_CASES)
@require_GET
def heard(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = heard_page(applicant, request.user)
    return page(request, "vetting/heard.html", {**frame(applicant, "heard"), **context})


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_referees(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """What all referees said, for as long as the vault is open and the page is on the screen."""
    applicant = find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST), request, applicant)
    found = opened(request, applicant, referees_of(applicant), form)
    context = heard_page(applicant, request.user, opened=found) | {"open_form": form}
    if found is None:
        return render(request, "vetting/_open_account_form.html", context, status=422)
    return retarget(render(request, "vetting/_referees.html", context), "#referees")
