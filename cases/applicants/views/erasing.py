from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.applicants import erasures as erasing
from cases.applicants import operations, queries
from cases.applicants.forms import ErasureForm, StopForm
from cases.applicants.models import Erasure
from cases.applicants.operations.erasing import gone_on
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused

A_PAGE = 50


@requires(Permission.ERASE)
@require_http_methods(["GET", "POST"])
def erase(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Ask for it; a colleague approves."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    household = erasing.household_to_erase(applicant, request.user)
    form = ErasureForm(request.POST or None, household=household)
    if form.is_valid():
        cases = [applicant, *form.cleaned_data.get("along", [])]
        try:
            operations.ask_erasure(applicants=cases, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. Nothing is erased until a colleague has approved it."))
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "waiting": erasing.waiting_for(applicant)}
    context |= {"hold": erasing.hold_on(applicant), "gone_on": gone_on(timezone.now())}
    return page(request, "applicants/erase.html", context)


@requires(Permission.ERASE)
@require_POST
def withdraw_erasure(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Whoever works on the case takes back what was asked for, which leaves everything as it is."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    asked = erasing.waiting_for(applicant)
    if asked is not None:
        _refuse(request, asked, _("Withdrawn. Nothing was erased."))
    return done(request, applicant)


@requires(Permission.SEE_ERASURES)
@require_GET
def erasures(request: SignedInRequest) -> HttpResponse:
    found = Paginator(erasing.erasures(), A_PAGE).get_page(request.GET.get("page"))
    context = {"erasures": found, "figures": erasing.figures_kept()}
    context |= {"can_approve": request.user.may(Permission.APPROVE_ERASURE)}
    return render(request, "applicants/erasures.html", context)


@requires(Permission.APPROVE_ERASURE)
@require_http_methods(["GET", "POST"])
def erasure(request: SignedInRequest, erasure_id: UUID) -> HttpResponseBase:
    """What was asked for, whom it concerns, and the button that carries it out."""
    found = erasing.find_erasure(erasure_id)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.approve_erasure(erasure=found, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Erased. This is the certificate."))
            return done(request, "applicants:certificate", erasure_id=found.pk)
    cases = erasing.cases_in(found)
    context: dict[str, Any] = {"form": form, "erasure": found, "cases": cases}
    context |= {"own": found.asked_by_id == request.user.pk, "gone_on": gone_on(timezone.now())}
    return page(request, "applicants/erasure.html", context)


@requires(Permission.APPROVE_ERASURE)
@require_POST
def refuse_erasure(request: SignedInRequest, erasure_id: UUID) -> HttpResponseBase:
    found = erasing.find_erasure(erasure_id)
    _refuse(request, found, _("Refused. Nothing was erased."))
    return done(request, "applicants:erasures")


@requires(Permission.SEE_ERASURES)
@require_GET
def certificate(request: SignedInRequest, erasure_id: UUID) -> HttpResponse:
    found = erasing.find_done(erasure_id)
    return render(request, "applicants/certificate.html", {"erasure": found})


def _refuse(request: SignedInRequest, asked: Erasure, said: str) -> None:
    try:
        operations.refuse_erasure(erasure=asked, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
