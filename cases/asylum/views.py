"""The claim of a person: its law, what happened, and its deadlines."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.applicants.views.guarded import guard
from cases.applicants.views.work import back
from cases.asylum import operations, queries
from cases.asylum.forms import DateForm, LawForm, MinorsForm, OpenForm, StepForm
from cases.asylum.page import page_of
from cases.asylum.steps import possible
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    works = applicant.workable and request.user.may(Permission.WORK)  # type: ignore[attr-defined]
    return render(request, "asylum/_panel.html", page_of(applicant, request.user, works=works))


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def open_claim(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = OpenForm(request.POST or None)
    if form.is_valid():
        new_id, track = form.cleaned_data["new_id"], form.cleaned_data["track"]
        try:
            operations.open_claim(id=new_id, applicant=applicant, track=track, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, applicant)
    return page(request, "asylum/open.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def open_again(request: SignedInRequest, claim_id: UUID) -> HttpResponseBase:
    claim = queries.find_ended(request.user, claim_id)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        new_id, track = form.cleaned_data["new_id"], form.cleaned_data["track"]
        try:
            operations.open_again(id=new_id, claim=claim, track=track, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, claim.applicant)
    return page(request, "asylum/again.html", {"form": form, "applicant": claim.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def minors(request: SignedInRequest, claim_id: UUID) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    form = MinorsForm(request.POST or None, minors=queries.minors_to_attach(claim, request.user))
    if form.is_valid():
        for minor in form.chosen:
            operations.attach_minor(claim=claim, minor=minor, by=request.user)
        return back(request, claim.applicant)
    context = {"form": form, "claim": claim, "applicant": claim.applicant}
    return page(request, "asylum/minors.html", context)


@requires(Permission.WORK)
@require_POST
def detach(request: SignedInRequest, claim_id: UUID, applicant_id: UUID) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    operations.detach_minor(minor=queries.find_minor(claim, applicant_id), by=request.user)
    messages.success(request, _("No longer attached to this claim."))
    return back(request, claim.applicant)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, claim_id: UUID) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    form = StepForm(request.POST or None, possible=possible(queries.steps_of(claim)))
    if form.is_valid():
        said = dict(form.cleaned_data)
        new_id = said.pop("new_id")
        try:
            noted = operations.add_step(id=new_id, claim=claim, **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, noted)
            return back(request, claim.applicant)
    return page(request, "asylum/step.html", {"form": form, "applicant": claim.applicant})


def _tell(request: SignedInRequest, noted: operations.Noted) -> None:
    for sentence in noted.stays:
        messages.warning(request, sentence)
    if noted.moved:
        messages.success(request, _("Noted. The case moved to: %(stage)s.") % {"stage": noted.moved.label})
    else:
        messages.success(request, _("Noted. The stage of the case stays as it is."))


@requires(Permission.WORK)
@require_POST
def take_back(request: SignedInRequest, claim_id: UUID, kind: str) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    try:
        operations.take_back(claim=claim, kind=kind, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. Its deadlines are counted anew; the stage stays."))
    return back(request, claim.applicant)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def law(request: SignedInRequest, claim_id: UUID) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    applicant = claim.applicant
    form = LawForm(request.POST or None, instance=queries.find_claim(request.user, claim_id))
    if form.is_valid() and (guarded := guard(form, ["why"], applicant, request)):
        said: dict[str, Any] = form.cleaned_data
        try:
            operations.set_law(claim=claim, **said, guarded=guarded, by=request.user)
        except Refused as refusal:
            form.add_error("why", str(refusal))
        else:
            return back(request, applicant)
    return page(request, "asylum/law.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def date(request: SignedInRequest, claim_id: UUID, kind: str) -> HttpResponseBase:
    claim = queries.find_claim(request.user, claim_id)
    line = queries.line_of(claim, kind)
    form = DateForm(request.POST or None, moves=line.standing is not None)
    if form.is_valid() and (guarded := guard(form, ["why"], claim.applicant, request)):
        said: dict[str, Any] = form.cleaned_data
        try:
            operations.set_date(claim=claim, kind=kind, **said, guarded=guarded, by=request.user)
        except Refused as refusal:
            form.add_error("why", str(refusal))
        else:
            return back(request, claim.applicant)
    context = {"form": form, "line": line, "applicant": claim.applicant}
    return page(request, "asylum/date.html", context)
