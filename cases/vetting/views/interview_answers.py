"""The page of an interview: what was said is written down question by question, and sealed while it is written."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased
from cases.applicants.refusals import Refused
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.entry_lines import answers, interview_lines
from cases.vetting.forms.interviews import AnswersForm, answered_in, signed_basis
from cases.vetting.heard_page import around, interview_row
from cases.vetting.models import Interview
from cases.vetting.operations.interviews import Written, write_interview
from cases.vetting.queries import heard as queries
from cases.vetting.queries.evidence import check_kinds
from cases.vetting.reading import OpenedInterview, read_interview


@requires(Permission.SEE_CASES)
@require_GET
def interview(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    entry = queries.find_interview(request.user, interview_id)
    return page(request, "vetting/interview.html", _context(request, entry, _form(entry)))


@requires(Permission.VET)
@require_POST
@by_fetch
def write(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    """Seal what is written so far, and leave the page as it is: the writer goes on writing."""
    entry = queries.find_interview(request.user, interview_id, "work")
    form = _form(entry, request.POST)
    if form.is_valid():
        said = {"content": form.content, "part": form.part_code, "basis": form.cleaned_data["basis"]}
        try:
            written = write_interview(interview=entry, **said, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _written(request, entry, written)
    return page(request, "vetting/_answers_form.html", _context(request, entry, form))


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_answers(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    entry = queries.find_interview(request.user, interview_id)
    asked = eased(OpenForm(request.POST), request, entry.applicant)
    found = _opened(request, entry, asked)
    context = _context(request, entry, _form(entry)) | {"open_form": asked}
    if found is None:
        return render(request, "vetting/_open_account_form.html", context, status=422)
    context |= {"opened": True, "lines": interview_lines(found.content), "answers": answers(found.content)}
    return retarget(render(request, "vetting/_said.html", context), "#said")


@requires(Permission.VET)
@require_POST
@by_fetch
def open_to_correct(request: SignedInRequest, interview_id: UUID) -> HttpResponseBase:
    """Fill the form with everything that was written; what was typed into it already stays beside it."""
    entry = queries.find_interview(request.user, interview_id, "work")
    asked = OpenForm(request.POST, auto_id="correct_%s")
    found = _opened(request, entry, asked)
    if found is None:
        context = _context(request, entry, _form(entry, request.POST)) | {"correct_form": asked}
        return render(request, "vetting/_correct_answers.html", context, status=422)
    keys = [*found.content["answers"], *answered_in(request.POST)]
    questions = queries.questions_of(entry.frame, also=keys)
    form = AnswersForm.filled(found.content, request.POST, questions=questions, language=entry.language)
    form.initial["basis"] = signed_basis(found.basis)
    answer = render(request, "vetting/_answers_form.html", _context(request, entry, form))
    return retarget(reswap(answer, "outerHTML"), "#answers-form")


def _opened(request: SignedInRequest, entry: Interview, asked: OpenForm) -> OpenedInterview | None:
    """What was written, or None where `asked` says why not."""
    if not asked.is_valid():
        return None
    try:
        return read_interview(
            interview=entry, reason=asked.why, unlocked=unlock.current(request), by=request.user
        )
    except VaultRefused as refusal:
        asked.add_error(None, str(refusal))
        return None


def _written(request: SignedInRequest, entry: Interview, written: Written) -> HttpResponse:
    """Nothing on the page changes but what the next saving rests on."""
    if written.beside:
        typed: QueryDict = request.POST.copy()
        typed["basis"] = ""
        context = _context(request, entry, _form(entry, typed)) | {"beside": True}
        return render(request, "vetting/_answers_form.html", context)
    if written.basis is None:
        return HttpResponse(status=204)
    return reswap(render(request, "vetting/_basis.html", {"basis": signed_basis(written.basis)}), "none")


def _form(entry: Interview, data: QueryDict | None = None) -> AnswersForm:
    questions = queries.questions_of(entry.frame, also=answered_in(data or ()))
    return AnswersForm(data, questions=questions, language=entry.language)


def _context(request: SignedInRequest, entry: Interview, form: AnswersForm) -> dict[str, Any]:
    return {
        "applicant": entry.applicant,
        "row": interview_row(entry),
        "form": form,
        "checks": check_kinds(),
        "filled": form.is_filled,
        "correct_form": OpenForm(auto_id="correct_%s"),
        "back_url": reverse("vetting:heard", args=[entry.applicant_id]),
        "crumb": _("Interviews and referees"),
        **around(entry.applicant, request.user),
    }
