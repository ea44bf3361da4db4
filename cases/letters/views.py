"""The letters of a case: which were written, and writing one."""

import base64
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.views.guarded import guard
from cases.letters import operations, queries
from cases.letters.forms import LetterForm
from cases.letters.models import LetterTemplate
from cases.letters.placeholders import PLACEHOLDERS
from cases.letters.refusals import NotKnown, Refused
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.queries import may_open
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_GET
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    written = [
        (letter, [PLACEHOLDERS[code].label for code in letter.fields])
        for letter in queries.letters_of(applicant)
    ]
    writes = request.user.may(Permission.DISCLOSE) and may_open(request.user, applicant.identity_safe)
    context = {"applicant": applicant, "written": written, "writes": writes, "templates": queries.templates()}
    return render(request, "letters/_panel.html", context)


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
@by_fetch
def write(request: SignedInRequest, applicant_id: UUID, key: str) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    template = queries.find_template(key)
    form = LetterForm(request.POST or None, template=template)
    if form.is_valid() and guard(form, ["for_whom"], applicant, request):
        try:
            return _written(request, applicant, template, form)
        except NotKnown as refusal:
            form = LetterForm(request.POST, template=template, missing=refusal.codes)
            form.add_error(None, str(refusal))
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "applicant": applicant, "template": template}
    return page(request, "letters/write.html", context)


def _written(
    request: SignedInRequest, applicant: Applicant, template: LetterTemplate, form: LetterForm
) -> HttpResponse:
    written = operations.write_letter(
        applicant=applicant,
        template=template,
        for_whom=form.cleaned_data["for_whom"],
        typed=form.typed,
        unlocked=unlock.current(request),
        by=request.user,
    )
    content = base64.b64encode(written.content).decode()
    context = {"applicant": applicant, "written": written, "content": content}
    return render(request, "letters/_written.html", context)
