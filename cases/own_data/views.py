"""A person asks for their own data: noted by one, handed out by another."""

import base64
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.applicants.queries import find_applicant
from cases.own_data import operations, queries
from cases.own_data.forms import ExtendForm, HandOutForm, NoteForm
from cases.own_data.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    works = applicant.workable and request.user.may(Permission.WORK)  # type: ignore[attr-defined]
    context = {
        "applicant": applicant,
        "requests": queries.requests_of(applicant),
        "works": works,
        "hands_out": works and request.user.may(Permission.DISCLOSE),
    }
    return render(request, "own_data/_panel.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def note(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = NoteForm(request.POST or None)
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            operations.note_request(id=said.pop("new_id"), applicant=applicant, **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. The deadline stands in the case; a colleague hands it out."))
            return done(request, applicant)
    return page(request, "own_data/note.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def longer(request: SignedInRequest, data_request_id: UUID) -> HttpResponseBase:
    found = queries.find_request(request.user, data_request_id)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            operations.extend(request=found, why=form.cleaned_data["why"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Two more months. Tell the person so, with the reason."))
            return done(request, found.applicant)
    return page(request, "own_data/longer.html", {"form": form, "applicant": found.applicant})


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
@by_fetch
def hand_out(request: SignedInRequest, data_request_id: UUID) -> HttpResponseBase:
    """The one time: the words and the file come in one answer, since neither is kept."""
    found = queries.find_request(request.user, data_request_id)
    form = HandOutForm(request.POST or None)
    if form.is_valid():
        unlocked = unlock.current(request)
        try:
            copy = operations.hand_out(request=found, **form.cleaned_data, unlocked=unlocked, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            content = base64.b64encode(copy.content).decode()
            shown = {"copy": copy, "content": content, "words": copy.words.split("-")}
            return render(request, "own_data/_copy.html", shown)
    context = {"form": form, "request_for": found, "applicant": found.applicant}
    return page(request, "own_data/hand_out.html", context)
