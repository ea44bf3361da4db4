"""The alarm of a case, and what threatens the person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.alarms import operations, queries
from cases.alarms.forms import AlarmForm, EndForm, RiskForm
from cases.alarms.refusals import Refused
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import MentionRefused
from cases.applicants.views.guarded import guard
from cases.applicants.views.work import back
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "alarms": queries.alarms_of(applicant),
        "risks": queries.risks_of(applicant),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
    }
    return render(request, "alarms/_panel.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def raise_alarm(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = AlarmForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        said = dict(form.cleaned_data)
        try:
            operations.raise_alarm(
                id=said.pop("new_id"), applicant=applicant, **said, guarded=guarded, by=request.user
            )
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.warning(
                request, _("The alarm is raised: its tasks stand in the case, everybody on it is told.")
            )
            return done(request, applicant)
    return page(request, "alarms/raise.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def end_alarm(request: SignedInRequest, alarm_id: UUID) -> HttpResponseBase:
    alarm = queries.find_alarm(request.user, alarm_id)
    form = EndForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], alarm.applicant, request)):
        try:
            operations.end_alarm(alarm=alarm, **form.cleaned_data, guarded=guarded, by=request.user)
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The alarm is ended. Look at the tasks that are left."))
            return done(request, alarm.applicant)
    return page(request, "alarms/end.html", {"form": form, "alarm": alarm, "applicant": alarm.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def risk(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = RiskForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        said = dict(form.cleaned_data)
        try:
            operations.add_risk(
                id=said.pop("new_id"), applicant=applicant, **said, guarded=guarded, by=request.user
            )
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        else:
            return done(request, applicant)
    return page(request, "alarms/risk.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def keep_risk(request: SignedInRequest, risk_id: UUID) -> HttpResponseBase:
    found = queries.find_risk(request.user, risk_id)
    try:
        operations.keep_risk(risk=found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It stays listed, and comes up again in a month."))
    return back(request, found.applicant)


@requires(Permission.WORK)
@require_POST
def end_risk(request: SignedInRequest, risk_id: UUID) -> HttpResponseBase:
    found = queries.find_risk(request.user, risk_id)
    try:
        operations.end_risk(risk=found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("No longer listed as a risk. The timeline keeps the note."))
    return back(request, found.applicant)
