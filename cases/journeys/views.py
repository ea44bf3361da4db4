"""The journey of a person: its legs, planned, under way, over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import MentionRefused, Refused
from cases.applicants.views.guarded import guard
from cases.applicants.views.work import back
from cases.journeys import operations, queries
from cases.journeys.forms import ArrivalForm, DepartForm, LegForm, StopForm
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "legs": queries.legs_of(applicant),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
    }
    return render(request, "journeys/_panel.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = LegForm(request.POST or None, applicant=applicant)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        clean = form.cleaned_data
        said = {"papers": clean["papers"], "known": clean["known"], "guarded": guarded}
        try:
            operations.plan_leg(
                id=clean["new_id"], applicant=applicant, facts=form.facts, **said, by=request.user
            )
        except Refused as refusal:
            form.add_error("known" if isinstance(refusal, MentionRefused) else None, str(refusal))
        else:
            return back(request, applicant)
    return page(request, "journeys/plan.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, leg_id: UUID) -> HttpResponseBase:
    leg = queries.find_leg(request.user, leg_id)
    applicant = leg.applicant
    form = LegForm(request.POST or None, applicant=applicant, leg=leg)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        clean = form.cleaned_data
        said = {"papers": clean["papers"], "known": clean["known"], "guarded": guarded}
        try:
            operations.change_leg(leg=leg, facts=form.facts, **said, by=request.user)
        except Refused as refusal:
            form.add_error("known" if isinstance(refusal, MentionRefused) else None, str(refusal))
        else:
            return back(request, applicant)
    return page(request, "journeys/change.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def call_off(request: SignedInRequest, leg_id: UUID) -> HttpResponseBase:
    leg = queries.find_leg(request.user, leg_id)
    try:
        operations.call_off(leg=leg, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Called off. The leg stays to be seen."))
    return back(request, leg.applicant)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def depart(request: SignedInRequest, leg_id: UUID) -> HttpResponseBase:
    leg = queries.find_leg(request.user, leg_id)
    form = DepartForm(request.POST or None, leg=leg)
    if form.is_valid():
        try:
            operations.depart(leg=leg, left_at=form.cleaned_data["at"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, leg.applicant)
    return page(request, "journeys/depart.html", {"form": form, "leg": leg, "applicant": leg.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def stop(request: SignedInRequest, leg_id: UUID) -> HttpResponseBase:
    leg = queries.find_leg(request.user, leg_id)
    form = StopForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], leg.applicant, request)):
        try:
            operations.stop(leg=leg, known=form.cleaned_data["known"], guarded=guarded, by=request.user)
        except Refused as refusal:
            form.add_error("known" if isinstance(refusal, MentionRefused) else None, str(refusal))
        else:
            messages.success(request, _("The alarm is raised. Its tasks stand in the case."))
            return back(request, leg.applicant)
    return page(request, "journeys/stop.html", {"form": form, "leg": leg, "applicant": leg.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def arrive(request: SignedInRequest, leg_id: UUID) -> HttpResponseBase:
    leg = queries.find_leg(request.user, leg_id)
    form = ArrivalForm(request.POST or None, leg=leg)
    if form.is_valid():
        clean = form.cleaned_data
        try:
            stage = operations.confirm_arrival(
                leg=leg, met_by=clean["met_by"], met_at=clean["at"], by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Arrived. The case moved to: %(stage)s.") % {"stage": stage.label} if stage else ""
            messages.success(request, said or _("Arrived. The stage of the case stays as it is."))
            return back(request, leg.applicant)
    return page(request, "journeys/arrive.html", {"form": form, "leg": leg, "applicant": leg.applicant})
