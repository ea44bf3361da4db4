"""Planning an interview, changing what stands in clear of it, striking it out."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vetting.forms.interviews import InterviewForm
from cases.vetting.models import Interview
from cases.vetting.operations import interviews as operations
from cases.vetting.queries import heard as queries
from cases.vetting.views.entries import form_page, save, strike_page


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    spoken = applicant.languages[0] if applicant.languages else "ru"
    first = {"new_id": random_id(), "interviewer": request.user.pk, "language": spoken}
    form = _form(applicant, request.POST or None, first)
    if form.is_valid():
        new = {"id": form.cleaned_data["new_id"], "facts": form.facts}
        act = partial(operations.add_interview, applicant=applicant, **new, by=request.user)
        form, added, _late = save(form, act)
        if isinstance(added, Interview):
            messages.success(request, _("Added."))
            return done(request, _after(added))
    words = {"heading": _("Plan or record an interview"), **_way_back(applicant)}
    return form_page(request, applicant, form, **words)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    entry = queries.find_interview(request.user, interview_id, "work")
    form, meanwhile = (
        _form(entry.applicant, request.POST or None, InterviewForm.first_values(entry), entry),
        None,
    )
    if form.is_valid():
        told: dict[str, Any] = {"changes": form.facts, "version": form.cleaned_data["version"] or 0}
        act = partial(operations.edit_interview, interview=entry, **told, by=request.user)
        form, saved, meanwhile = save(form, act)
        if isinstance(saved, Interview):
            messages.success(request, _("Saved."))
            return done(request, _after(saved))
    words = {"heading": _("Change the interview"), "meanwhile": meanwhile, **_way_back(entry.applicant)}
    return form_page(request, entry.applicant, form, entry=entry, **words)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def strike(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    entry = queries.find_interview(request.user, interview_id, "work")

    def act(reason: str) -> None:
        operations.strike_interview(interview=entry, reason=reason, by=request.user)

    return strike_page(
        request, entry, act, heading=_("Strike out an interview"), **_way_back(entry.applicant)
    )


def _form(
    applicant: Applicant, data: Any, first: dict[str, Any], entry: Interview | None = None
) -> InterviewForm:
    """Who asked, and by which questions, can be kept even where neither could be chosen any more."""
    people, frames = queries.may_interview(applicant), queries.frames()
    if entry is not None:
        people, frames = queries.with_them(people, frames, entry)
    return InterviewForm(data, people=people, frames=frames, initial=first)


def _after(entry: Interview) -> str:
    """What was held is written down next."""
    if entry.state == Interview.State.HELD:
        return reverse("vetting:interview", args=[entry.pk])
    return reverse("vetting:heard", args=[entry.applicant_id])


def _way_back(applicant: Applicant) -> dict[str, Any]:
    return {
        "back_url": reverse("vetting:heard", args=[applicant.pk]),
        "crumb": _("Interviews and referees"),
    }
