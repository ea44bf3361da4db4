"""The checks of a person: the list, one check beside its form, answering it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import account_strip
from cases.vetting.checks_page import rows_of
from cases.vetting.forms.checks import CheckForm
from cases.vetting.hints import hints_for
from cases.vetting.history_words import history
from cases.vetting.operations.checks import answer_check
from cases.vetting.queries.checks import Line, changes_of, checks_of, find_line, progress
from cases.vetting.queries.questions import open_questions
from cases.vetting.refusals import CheckChangedMeanwhile
from cases.vetting.tabs import frame


@requires(Permission.SEE_CASES)
@require_GET
def checks(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    lines = checks_of(applicant)
    rows = rows_of(lines, applicant)
    context = {
        "progress": progress(lines),
        "waiting": [row for row in rows if not row.line.counts],
        "done": [row for row in rows if row.line.counts],
        "questions": open_questions(applicant).count(),
    }
    return render(request, "vetting/checks.html", frame(applicant, "checks") | context)


@requires(Permission.SEE_CASES)
@require_GET
def check(request: SignedInRequest, applicant_id: UUID, code: str) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    line = find_line(applicant, code)
    form = CheckForm(line=line, initial=CheckForm.first_values(line))
    return _check_page(request, applicant, line, form=form)


@requires(Permission.VET)
@require_POST
@by_fetch
def answer(request: SignedInRequest, applicant_id: UUID, code: str) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    line = find_line(applicant, code)
    form, meanwhile = CheckForm(request.POST, line=line), None
    if form.is_valid():
        saved = {"facts": form.facts, "sealed": form.new_seal, "version": form.cleaned_data["version"]}
        try:
            answer_check(applicant=applicant, kind=line.kind, **saved, by=request.user)
        except CheckChangedMeanwhile as changed:
            line = find_line(applicant, code)
            form, meanwhile = form.merged(line), changed
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved: %(code)s.") % {"code": code})
            return done(request, "vetting:checks", applicant_id=applicant_id)
    return _check_page(request, applicant, line, form=form, meanwhile=meanwhile)


def may_answer(applicant: Applicant, user: User) -> bool:
    return user.may(Permission.VET) and bool(applicant.workable)  # type: ignore[attr-defined]


def _check_page(
    request: SignedInRequest, applicant: Applicant, line: Line, *, form: CheckForm, **more: Any
) -> HttpResponse:
    [row] = rows_of([line], applicant)
    context = {
        "row": row,
        "line": line,
        "form": form,
        "may_answer": may_answer(applicant, request.user),
        "hints": hints_for(applicant, line.kind.code),
        "changes": history(changes_of(line.check)),
        "account": account_strip(applicant, request.user),
        "open_form": OpenForm(),
        "correct_form": OpenForm(auto_id="correct_%s"),
    }
    return page(request, "vetting/check.html", frame(applicant, "checks") | context | more)
