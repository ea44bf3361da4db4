"""What a check found: open for a quarter of an hour, or into the form to correct it. By fetch only."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST
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
from cases.vetting.account import account_strip, read_account_item
from cases.vetting.forms.checks import CheckForm, opened_into
from cases.vetting.queries.checks import Line, find_line
from cases.vetting.views.checks import may_answer


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_finding(request: SignedInRequest, applicant_id: UUID, code: str) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    line = find_line(applicant, code)
    form = eased(OpenForm(request.POST), request, applicant)
    content = _opened(request, applicant, line, form)
    context = {"applicant": applicant, "line": line, "open_form": form}
    if content is None:
        return render(request, "vetting/_open_finding.html", context, status=422)
    context |= {
        "content": content,
        "seconds": seconds_shown(request, applicant, settings.VAULT["account_visible_seconds"]),
        "account": account_strip(applicant, request.user),
        "may_answer": may_answer(applicant, request.user),
    }
    return retarget(render(request, "vetting/_finding_opened.html", context), "#finding")


@requires(Permission.VET)
@require_POST
@by_fetch
def finding_to_correct(request: SignedInRequest, applicant_id: UUID, code: str) -> HttpResponseBase:
    """Fill the sealed part of the form; what was typed into it already is put below."""
    applicant = find_applicant(request.user, applicant_id, "work")
    line = find_line(applicant, code)
    asked = OpenForm(request.POST, auto_id="correct_%s")
    content = _opened(request, applicant, line, asked)
    initial = opened_into(request.POST, content)
    context = {
        "form": CheckForm(line=line, initial=initial),
        "applicant": applicant,
        "line": line,
        "correct_form": asked,
        "account": account_strip(applicant, request.user),
    }
    status = 422 if content is None else 200
    return render(request, "vetting/_check_sealed_part.html", context, status=status)


def _opened(
    request: SignedInRequest, applicant: Applicant, line: Line, asked: OpenForm
) -> dict[str, Any] | None:
    """What is sealed, or None where `asked` says why not."""
    if not asked.is_valid():
        return None
    kind, unlocked = f"check-{line.kind.code}", unlock.current(request)
    try:
        return read_account_item(
            applicant=applicant, kind=kind, reason=asked.why, unlocked=unlocked, by=request.user
        )
    except Refused as refusal:
        asked.add_error(None, str(refusal))
        return None
