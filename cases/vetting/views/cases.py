"""The list of cases in vetting, and the tab “Vetting” of a case."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.applicants.queries import find_applicant
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vetting.panel import panel_of
from cases.vetting.queries.cases import vetting_rows


@requires(Permission.VET)
@require_GET
def in_vetting(request: SignedInRequest) -> HttpResponseBase:
    return render(request, "vetting/list.html", {"rows": vetting_rows(request.user)})


@requires(Permission.SEE_CASES)
@require_GET
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = {"applicant": applicant, **panel_of(applicant, request.user)}
    return render(request, "vetting/panel.html", context)
