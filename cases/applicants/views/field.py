"""Writing from the field: each step is sealed as it is sent, and none of it can be read again from here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.applicants import fieldwork, operations, queries
from cases.applicants.forms.field import ReportCardForm, ReportForm, ReportNameForm, ReportStoryForm
from cases.applicants.refusals import PseudonymTaken, Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

STEPS: dict[str, type[ReportNameForm | ReportCardForm | ReportStoryForm]] = {
    "identity": ReportNameForm,
    "contact": ReportCardForm,
    "story": ReportStoryForm,
}


@requires(Permission.REPORT)
@require_safe
def field(request: SignedInRequest) -> HttpResponseBase:
    return render(request, "applicants/field/home.html", {"reports": fieldwork.reports_of(request.user)})


@requires(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def field_new(request: SignedInRequest) -> HttpResponseBase:
    fresh = {"new_id": random_id(), "pseudonym": queries.offer_pseudonym()}
    form = ReportForm(request.POST or None, initial=fresh)
    if form.is_valid():
        try:
            applicant = operations.report_person(new=form.new_applicant(), by=request.user)
        except PseudonymTaken:
            form = form.with_pseudonym(queries.offer_pseudonym())
            form.add_error(None, _("This pseudonym was given away a moment ago. Here is another."))
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, "applicants:field_case", applicant_id=applicant.pk)
    return page(request, "applicants/field/new.html", {"form": form})


@requires(Permission.REPORT)
@require_safe
def field_case(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    report = fieldwork.find_report(request.user, applicant_id)
    steps = [_step(kind, form(), report) for kind, form in STEPS.items()]
    return render(request, "applicants/field/case.html", {"report": report, "steps": steps})


@requires(Permission.REPORT)
@require_POST
@by_fetch
def field_step(request: SignedInRequest, applicant_id: UUID, kind: str) -> HttpResponseBase:
    """Take one step in; the answer holds the time of its arrival, and an empty form."""
    report = fieldwork.find_report(request.user, applicant_id)
    form = STEPS[kind](request.POST)
    if form.is_valid():
        try:
            content = form.document
            operations.report_sealed(applicant=report.applicant, kind=kind, content=content, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            report = fieldwork.find_report(request.user, applicant_id)
            form = STEPS[kind]()
    return page(request, "applicants/field/_step.html", _step(kind, form, report) | {"report": report})


def _step(kind: str, form: Any, report: fieldwork.Report) -> dict[str, Any]:
    url = reverse(f"applicants:field_{kind}", args=[report.applicant.pk])
    return {"id": f"field-{kind}", "url": url, "form": form, "arrived": report.arrived.get(kind)}
