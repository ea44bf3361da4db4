"""Naming a referee, writing down what was said, correcting it, striking it out."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.views import by_fetch
from cases.vetting.forms.referees import RefereeForm
from cases.vetting.operations import referees as operations
from cases.vetting.queries.heard import find_referee
from cases.vetting.views.entries import correct, form_page, save, strike_page


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def add(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = RefereeForm(request.POST or None, initial={"new_id": random_id()})
    if form.is_valid():
        act = partial(operations.add_referee, applicant=applicant, **form.new, by=request.user)
        form, added, _late = save(form, act)
        if added:
            messages.success(request, _("Added and sealed."))
            return done(request, "vetting:heard", applicant_id=applicant.pk)
    lead = _("Who it is and what was said is sealed; the marks below are seen with the case.")
    words = {"heading": _("Name a referee"), "lead": lead, **_way_back(applicant)}
    return form_page(request, applicant, form, **words)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def edit(request: SignedInRequest, referee_id: UUID) -> HttpResponseBase:
    entry = find_referee(request.user, referee_id)
    form, meanwhile = RefereeForm(request.POST or None, initial=RefereeForm.first_values(entry)), None
    if form.is_valid():
        act = partial(operations.edit_referee, referee=entry, **form.changed, by=request.user)
        form, saved, meanwhile = save(form, act)
        if saved:
            messages.success(request, _("Saved."))
            return done(request, "vetting:heard", applicant_id=entry.applicant_id)
    words = {"heading": _("Referee"), "meanwhile": meanwhile, **_way_back(entry.applicant)}
    url = reverse("vetting:referee_correct", args=[entry.pk])
    return form_page(request, entry.applicant, form, entry=entry, correct_url=url, **words)


@requires(Permission.VET)
@require_POST
@by_fetch
def open_to_correct(request: SignedInRequest, referee_id: UUID) -> HttpResponseBase:
    entry = find_referee(request.user, referee_id)
    url = reverse("vetting:referee_correct", args=[entry.pk])
    first = RefereeForm.first_values(entry)
    return correct(request, entry, lambda content: RefereeForm(initial=first | content), url)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def strike(request: SignedInRequest, referee_id: UUID) -> HttpResponseBase:
    entry = find_referee(request.user, referee_id)

    def act(reason: str) -> None:
        operations.strike_referee(referee=entry, reason=reason, by=request.user)

    return strike_page(request, entry, act, heading=_("Strike out a referee"), **_way_back(entry.applicant))


def _way_back(applicant: Applicant) -> dict[str, Any]:
    return {
        "back_url": reverse("vetting:heard", args=[applicant.pk]),
        "crumb": _("Interviews and referees"),
    }
