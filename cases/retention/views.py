"""Closing a case, and the list of those that are past their day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import MentionRefused, StageBlocked
from cases.applicants.views.guarded import guard
from cases.applicants.ways import ways_from
from cases.retention import operations, queries
from cases.retention.forms import CloseForm, KeepForm
from cases.retention.refusals import ContactLater, Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.ERASE)
@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    context = {"reviews": queries.reviews_for(request.user), "rules": queries.rules().values()}
    return render(request, "retention/reviews.html", context)


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "review": queries.review_of(applicant),
        "decisions": queries.decisions_on(applicant),
        "works": applicant.workable,  # type: ignore[attr-defined]
        "decides": applicant.workable and request.user.may(Permission.ERASE),  # type: ignore[attr-defined]
    }
    return render(request, "retention/_panel.html", context)


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def end_case(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Who may make which move stands in the table of transitions, so the door here is that of the case."""
    applicant = find_applicant(request.user, applicant_id, "work")
    if applicant.is_closed and request.POST.get("outcome") == applicant.stage:
        # The answer to the first sending got lost on the way.
        return done(request, applicant)
    ways = ways_from(applicant, request.user)
    form = CloseForm(request.POST or None, applicant=applicant, ways=ways)
    if form.is_valid() and (guarded := guard(form, ["reason"], applicant, request)):
        try:
            operations.close_case(applicant=applicant, **form.cleaned_data, guarded=guarded, by=request.user)
        except StageBlocked as blocked:
            form.add_error("reason", str(blocked))
        except ContactLater as refusal:
            form.add_error("last_contact_on", str(refusal))
        else:
            messages.success(
                request, _("The case is closed. Its time of keeping counts from the last contact.")
            )
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "tasks": queries.open_tasks(applicant)}
    return page(request, "retention/close.html", context)


@requires(Permission.ERASE)
@require_http_methods(["GET", "POST"])
def keep(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = KeepForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        said = dict(form.cleaned_data)
        try:
            operations.keep_longer(
                id=said.pop("new_id"), applicant=applicant, **said, guarded=guarded, by=request.user
            )
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept, and comes up again on that day."))
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "review": queries.review_of(applicant)}
    return page(request, "retention/keep.html", context)
