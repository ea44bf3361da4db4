"""The vetting report by pseudonym, and what is opened beside it: reasons of votes, the sealed annex. By fetch only."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch
from cases.vetting import annex as annexes
from cases.vetting.account import account_strip, read_account
from cases.vetting.queries.decisions import kinds_of, readable_votes
from cases.vetting.report import report_of


@requires(Permission.SEE_CASES)
@require_GET
def report(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "report": report_of(applicant),
        "account": account_strip(applicant, request.user),
        "form": OpenForm(),
        "has_annex": bool(annexes.kinds_of(applicant)),
        "printed_by": request.user,
        "printed_at": timezone.now(),
    }
    return render(request, "vetting/report.html", context)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def annex(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Open findings, service record and the reasons of the votes that decided, below the report, to be printed."""
    applicant = find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST), request, applicant)
    found = _opened(request, applicant, annexes.kinds_of(applicant), "annex of the report", form)
    context = {"applicant": applicant, "form": form}
    if found is None:
        return render(request, "vetting/_annex_open_form.html", context, status=422)
    context |= {
        "sections": annexes.sections(applicant, found),
        "has_annex": True,
        "seconds": settings.VAULT["account_visible_seconds"],
        "opened_by": request.user,
        "opened_at": timezone.now(),
        "account": account_strip(applicant, request.user),
    }
    return retarget(render(request, "vetting/_annex_opened.html", context), "#annex")


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def reasons(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Open why people voted as they did: of the votes that decided, and of one's own."""
    applicant = find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST, auto_id="reasons_%s"), request, applicant)
    votes = readable_votes(applicant, request.user)
    kinds = [kind for vote in votes for kind in kinds_of(vote)]
    found = _opened(request, applicant, kinds, "reasons of votes", form)
    context = {"applicant": applicant, "form": form}
    if found is None:
        return render(request, "vetting/_reasons_open_form.html", context, status=422)
    context |= {
        "votes": annexes.votes_said(votes, found),
        "seconds": seconds_shown(request, applicant, settings.VAULT["account_visible_seconds"]),
        "account": account_strip(applicant, request.user),
    }
    return retarget(render(request, "vetting/_reasons_opened.html", context), "#reasons")


def _opened(
    request: SignedInRequest, applicant: Applicant, kinds: list[str], what: str, form: OpenForm
) -> dict[str, Any] | None:
    """What is sealed under `kinds`, or None where `form` says why not."""
    if not form.is_valid():
        return None
    unlocked, reason = unlock.current(request), f"{what}: {form.why}" if form.why else ""
    try:
        return read_account(
            applicant=applicant, kinds=kinds, reason=reason, unlocked=unlocked, by=request.user
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
