"""The lists a person was compared with. Results come and go by fetch only, and without the name until it is asked for."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.applicants.strips import strips_of
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.forms.screening import DecisionForm
from cases.vetting.operations import screening as operations
from cases.vetting.queries.screening import is_current, screening_of
from cases.vetting.queries.watchlists import list_versions, titles_by_dataset
from cases.vetting.screening.pairs import Decision
from cases.vetting.screening.words import entry_lines, sections
from cases.vetting.tabs import frame


@requires(Permission.VET)
@require_GET
def screening(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    return render(request, "vetting/screening.html", _context(request, applicant))


@requires(Permission.VET)
@require_POST
@by_fetch
def screen(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = eased(_asking("screen", request.POST), request, applicant)
    if form.is_valid():
        given: dict[str, Any] = {"reason": form.why, "unlocked": unlock.current(request), "by": request.user}
        try:
            document = operations.screen(applicant=applicant, **given)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(request, applicant, document)
    return page(request, "vetting/_screen_form.html", {"applicant": applicant, "form": form})


@requires(Permission.VET)
@require_POST
@by_fetch
def open_screening(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = eased(_asking("result", request.POST), request, applicant)
    if form.is_valid():
        given: dict[str, Any] = {"reason": form.why, "unlocked": unlock.current(request), "by": request.user}
        try:
            document = operations.read_screening(applicant=applicant, **given)
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(request, applicant, document)
    return page(request, "vetting/_screening_open_form.html", {"applicant": applicant, "form": form})


@requires(Permission.VET)
@require_POST
@by_fetch
def open_entry(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """The entry of one hit as it was sealed: nothing is asked of the lists."""
    applicant = find_applicant(request.user, applicant_id, "work")
    given: dict[str, Any] = {"pair_id": request.POST.get("pair", ""), "unlocked": unlock.current(request)}
    try:
        pair = operations.read_pair(applicant=applicant, **given, by=request.user)
    except (Refused, VaultRefused) as refusal:
        return render(request, "vetting/_refused.html", {"refused": str(refusal)}, status=422)
    context = {"lines": entry_lines(pair), "seconds": settings.VAULT["account_visible_seconds"]}
    return render(request, "vetting/_list_entry.html", context)


@requires(Permission.VET)
@require_POST
@by_fetch
def decide(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = DecisionForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        decision: dict[str, Any] = {"decision": Decision(cleaned["decision"]), "reason": cleaned["reason"]}
        which: dict[str, Any] = {
            "pair_id": cleaned["pair"],
            "seen": cleaned["seen"],
            "unlocked": unlock.current(request),
        }
        try:
            document = operations.decide_pair(applicant=applicant, **which, **decision, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(request, applicant, document)
    return page(request, "vetting/_decision_form.html", {"applicant": applicant, "form": form})


def _opened(request: SignedInRequest, applicant: Applicant, document: dict[str, Any]) -> HttpResponse:
    seconds = settings.VAULT["account_visible_seconds"]
    context = _context(request, applicant) | {
        "document": document,
        "sections": sections(document, titles_by_dataset()),
        "seconds": seconds,
        "closes_at": timezone.now() + timedelta(seconds=seconds),
    }
    answer = render(request, "vetting/_screening_opened.html", context)
    return retarget(answer, "#screening")


def _asking(prefix: str, data: Any = None) -> OpenForm:
    return OpenForm(data, auto_id=f"{prefix}_%s")


def _context(request: SignedInRequest, applicant: Applicant) -> dict[str, Any]:
    name, _contact = strips_of(applicant, request.user)
    return {
        **frame(applicant, "screening"),
        "screening": screening_of(applicant),
        "current": is_current(applicant),
        "any_lists": bool(list_versions()),
        "name": name,
        "works": applicant.workable,  # type: ignore[attr-defined]
        "screen_form": _asking("screen"),
        "result_form": _asking("result"),
    }
