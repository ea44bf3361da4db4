"""The tab “Evidence”: what is there and to which checks it speaks; describing it, correcting it, striking it out."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.views import by_fetch
from cases.vetting.evidence_page import evidence_page
from cases.vetting.forms.evidence import EvidenceForm
from cases.vetting.models import Evidence
from cases.vetting.operations import evidence as operations
from cases.vetting.queries import evidence as queries
from cases.vetting.tabs import frame
from cases.vetting.views.entries import correct, form_page, opened, save, strike_page


@requires(Permission.SEE_CASES)
@require_GET
def evidence(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = evidence_page(applicant, request.user, check=request.GET.get("check", ""))
    return page(request, "vetting/evidence.html", {**frame(applicant, "evidence"), **context})


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_evidence(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """The list with every description open, for as long as the vault is open and the page is on the screen."""
    applicant = find_applicant(request.user, applicant_id)
    form, check = eased(OpenForm(request.POST), request, applicant), request.GET.get("check", "")
    found = opened(request, applicant, queries.evidence_of(applicant), form)
    context = evidence_page(applicant, request.user, check=check, opened=found) | {"open_form": form}
    if found is None:
        return render(request, "vetting/_open_account_form.html", context, status=422)
    return retarget(render(request, "vetting/_evidence_list.html", context), "#evidence-list")


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def add_link(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    first = {"new_id": random_id(), "captured_by": str(request.user), "checks": request.GET.getlist("check")}
    form = EvidenceForm(
        request.POST or None, kind=Evidence.Kind.LINK, kinds=queries.check_kinds(), initial=first
    )
    if form.is_valid():
        act = partial(operations.add_link, applicant=applicant, **form.new, by=request.user)
        form, added, _late = save(form, act)
        if added:
            messages.success(request, _("Added and sealed."))
            return done(request, "vetting:evidence", applicant_id=applicant.pk)
    lead = _("Address and hash are sealed: they tell which page it is.")
    words = {"heading": _("Add a link"), "lead": lead, **_way_back(applicant)}
    return form_page(request, applicant, form, **words)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def edit(request: SignedInRequest, evidence_id: UUID) -> HttpResponseBase:
    entry = queries.find_evidence(request.user, evidence_id, "work")
    form, meanwhile = _form(entry, request.POST or None), None
    if form.is_valid():
        act = partial(operations.edit_evidence, evidence=entry, **form.changed, by=request.user)
        form, saved, meanwhile = save(form, act)
        if saved:
            messages.success(request, _("Saved."))
            return done(request, "vetting:evidence", applicant_id=entry.applicant_id)
    words = {"heading": _("Describe the evidence"), "meanwhile": meanwhile, **_way_back(entry.applicant)}
    url = reverse("vetting:evidence_correct", args=[entry.pk])
    return form_page(request, entry.applicant, form, entry=entry, correct_url=url, **words)


@requires(Permission.WORK)
@require_POST
@by_fetch
def open_to_correct(request: SignedInRequest, evidence_id: UUID) -> HttpResponseBase:
    entry = queries.find_evidence(request.user, evidence_id, "work")
    url = reverse("vetting:evidence_correct", args=[entry.pk])
    return correct(request, entry, lambda content: _form(entry, None, EvidenceForm.shown(content)), url)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def strike(request: SignedInRequest, evidence_id: UUID) -> HttpResponseBase:
    entry = queries.find_evidence(request.user, evidence_id, "work")
    words = {"heading": _("Strike out a piece of evidence"), **_way_back(entry.applicant)}
    return strike_page(
        request,
        entry,
        lambda reason: operations.strike_evidence(evidence=entry, reason=reason, by=request.user),
        **words,
    )


def _form(entry: Evidence, data: Any, content: dict[str, Any] | None = None) -> EvidenceForm:
    first = EvidenceForm.first_values(entry) | (content or {})
    return EvidenceForm(data, kind=entry.kind, kinds=queries.check_kinds(), initial=first)


def _way_back(applicant: Applicant) -> dict[str, Any]:
    return {"back_url": reverse("vetting:evidence", args=[applicant.pk]), "crumb": _("Evidence")}
