"""The account of a person: what happened, told in parts, each sealed as it is written."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import retarget

from cases.applicants import operations, queries
from cases.applicants.forms import OpenForm, SealedNoteForm
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.models import Applicant
from cases.applicants.reading import read_account
from cases.applicants.refusals import Refused
from cases.applicants.strips import account_strip
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_safe
def account(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = queries.find_applicant(request.user, applicant_id)
    return render(request, "applicants/_account.html", _shown(request, applicant))


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def tell(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Write something into the account: who writes need not be able to read it."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = SealedNoteForm(request.POST or None, initial={"topic": request.GET.get("topic", "story")})
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            operations.add_sealed_note(id=told.pop("new_id"), applicant=applicant, **told, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sealed. Only readers of the account can open it."))
            return done(request, "applicants:part", applicant_id=applicant.pk, slug="account")
    return page(request, "applicants/tell.html", {"form": form, "applicant": applicant})


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def account_open(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST), request, applicant)
    context = _shown(request, applicant)
    if form.is_valid():
        unlocked = unlock.current(request)
        try:
            told = read_account(applicant=applicant, reason=form.why, unlocked=unlocked, by=request.user)
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            seconds = seconds_shown(request, applicant, settings.VAULT["account_visible_seconds"])
            until = {"seconds": seconds, "closes_at": timezone.now() + timedelta(seconds=seconds)}
            missing = len(context["notes"]) - len(told)
            context |= until | {"told": told, "missing": missing}
            return retarget(render(request, "applicants/_account_opened.html", context), "#account")
    return page(request, "applicants/_account_open_form.html", {"form": form, "applicant": applicant})


def _shown(request: SignedInRequest, applicant: Applicant) -> dict[str, Any]:
    return {
        "applicant": applicant,
        "notes": list(applicant.sealed_notes.select_related("by")),
        "strip": account_strip(applicant, request.user),
        "form": OpenForm(auto_id="account_%s"),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
    }
