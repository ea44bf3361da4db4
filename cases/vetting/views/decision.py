"""Voting: the tab “Decision”, the vote itself, conflicts of interest."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import account_strip
from cases.vetting.decision_page import page_of
from cases.vetting.forms.decisions import HOLDS, ConflictForm, EndConflictForm, HoldsForm, VoteForm
from cases.vetting.models import Vote
from cases.vetting.operations import conflicts, decisions
from cases.vetting.queries import voters
from cases.vetting.tabs import frame


@requires(Permission.SEE_CASES)
@require_GET
def decision(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    return _page(request, applicant, vote_form=VoteForm(), holds_form=HoldsForm())


@requires(Permission.DECIDE_VETTING)
@require_POST
@by_fetch
def vote(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Vote, or say that the earlier vote still holds."""
    applicant = find_applicant(request.user, applicant_id, "work")
    form: VoteForm | HoldsForm
    form = HoldsForm(request.POST) if request.POST.get("choice") == HOLDS else VoteForm(request.POST)
    if form.is_valid():
        try:
            _cast(request, applicant, form)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your vote is in."))
            return done(request, "vetting:decision", applicant_id=applicant.pk)
    template = "vetting/_holds_form.html" if isinstance(form, HoldsForm) else "vetting/_vote_form.html"
    return render(request, template, {"form": form, "applicant": applicant}, status=422)


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def conflict(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Say that one knows the person; who answers for the case says it of colleagues too."""
    applicant = find_applicant(request.user, applicant_id)
    people = voters.people_to_name(applicant, request.user)
    form = ConflictForm(request.POST or None, people=people, by=request.user)
    if form.is_valid():
        user, relation = form.cleaned_data["colleague"], form.cleaned_data["relation"]
        try:
            conflicts.declare_conflict(applicant=applicant, user=user, relation=relation, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Others decide."))
            return done(request, "vetting:decision", applicant_id=applicant.pk)
    return page(request, "vetting/conflict.html", {"form": form, "applicant": applicant})


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def end_conflict(request: SignedInRequest, applicant_id: UUID, conflict_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    known = voters.find_conflict_to_end(applicant, conflict_id, request.user)
    form = EndConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            conflicts.end_conflict(conflict=known, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ended. %(person)s may vote again.") % {"person": known.user})
            return done(request, "vetting:decision", applicant_id=applicant.pk)
    return page(
        request, "vetting/end_conflict.html", {"form": form, "applicant": applicant, "conflict": known}
    )


def _cast(request: SignedInRequest, applicant: Applicant, form: VoteForm | HoldsForm) -> Vote:
    said = form.cleaned_data
    if said["choice"] == HOLDS:
        cast = partial(decisions.confirm_vote)
    else:
        cast = partial(decisions.cast_vote, choice=said["choice"])
    return cast(id=said["new_id"], applicant=applicant, reasons=said["reasons"], by=request.user)


def _page(request: SignedInRequest, applicant: Applicant, **forms: object) -> HttpResponse:
    context = {
        **frame(applicant, "decision"),
        **page_of(applicant, request.user),
        **forms,
        "account": account_strip(applicant, request.user),
        "form": OpenForm(auto_id="reasons_%s"),
    }
    return render(request, "vetting/decision.html", context)
