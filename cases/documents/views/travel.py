"""The tab “Where to”: where a person, or a household together, can go on a day. Nothing is saved here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.reading import read_identity
from cases.applicants.strips import strips_of
from cases.documents.births import born_on
from cases.documents.forms.travel import TravelForm
from cases.documents.queries.travel import household
from cases.documents.travel.facts import Born
from cases.documents.travel_page import Wish, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_GET
def travel(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    return _answer(request, applicant, request.GET, {}, OpenForm())


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def travel_exactly(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Answer by the birth date that lies in the name; opening it asks for a reason as everywhere."""
    applicant = find_applicant(request.user, applicant_id)
    asked, birth = OpenForm(request.POST), {}
    if asked.is_valid():
        unlocked = unlock.current(request)
        try:
            found = read_identity(applicant=applicant, reason=asked.why, unlocked=unlocked, by=request.user)
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            birth = {applicant.pk: born_on(str(found.get("birth_date", "")))}
    return _answer(request, applicant, request.POST, birth, asked)


def _answer(
    request: SignedInRequest,
    applicant: Applicant,
    sent: Mapping[str, Any],
    birth: Mapping[UUID, Born | None],
    asked: OpenForm,
) -> HttpResponse:
    people = household(applicant, request.user)
    form = TravelForm(sent, household=len(people))
    form.is_valid()
    chosen = form.chosen
    wish = Wish(chosen.on, chosen.against, {key: born for key, born in birth.items() if born})
    name, _contact = strips_of(applicant, request.user)
    context = {
        "applicant": applicant,
        "form": form,
        "open_form": asked,
        "exact": bool(wish.exactly),
        "strip": name,
        "page": page(people if chosen.together else people[:1], wish),
    }
    refused = bool(form.errors) or (asked.is_bound and bool(asked.errors))
    return render(request, "documents/_travel.html", context, status=422 if refused else 200)
