"""What became of a question: asked, answered, settled. Its answer is sealed with it, so it has to be opened first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants.forms.opening import Reason
from cases.applicants.refusals import Refused
from cases.applicants.timers import written
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import read_account_item
from cases.vetting.forms.questions import AnswerForm, SettleForm
from cases.vetting.models import Question
from cases.vetting.operations import questions as operations
from cases.vetting.queries.questions import find_question
from cases.vetting.refusals import QuestionChangedMeanwhile


@requires(Permission.VET)
@require_POST
def asked(request: SignedInRequest, question_id: UUID) -> HttpResponseBase:
    question = find_question(request.user, question_id)
    try:
        operations.mark_asked(question=question, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: the question was asked."))
    return _back(request, question)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponseBase:
    question = find_question(request.user, question_id)
    first = {"version": question.version, "on": timezone.localdate(), "asked_by": str(request.user)}
    form = AnswerForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            content = form.within(_opened(request, question))
            question.version = form.cleaned_data["version"]
            operations.record_answer(question=question, content=content, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form = _again(request, question, form, refusal)
        else:
            messages.success(request, _("The answer is sealed with the question."))
            return _back(request, question)
    return _form_page(request, "vetting/question_answer.html", question, form)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def settle(request: SignedInRequest, question_id: UUID) -> HttpResponseBase:
    question = find_question(request.user, question_id)
    form = SettleForm(request.POST or None, initial={"version": question.version})
    if form.is_valid():
        clean = form.cleaned_data
        try:
            content = form.within(_opened(request, question)) if clean["assessment"] else None
            question.version = clean["version"]
            operations.settle_question(question=question, how=clean["how"], content=content, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form = _again(request, question, form, refusal)
        else:
            messages.success(request, _("Settled. The question stays in the list."))
            return _back(request, question)
    return _form_page(request, "vetting/question_settle.html", question, form)


def _opened(request: SignedInRequest, question: Question) -> dict[str, Any]:
    """What is sealed of a question, to seal it anew with more in it: an opening like any other, in the log."""
    return read_account_item(
        applicant=question.applicant,
        kind=question.sealed_kind,
        reason=written(Reason.VETTING.label),
        unlocked=unlock.current(request),
        by=request.user,
    )


def _again(
    request: SignedInRequest, question: Question, form: AnswerForm | SettleForm, refusal: Exception
) -> Any:
    """The form with what was typed and why it was refused; sent once more it follows what a colleague wrote."""
    if isinstance(refusal, QuestionChangedMeanwhile):
        now = find_question(request.user, question.pk).version
        form = type(form)({**request.POST.dict(), "version": str(now)})
        form.full_clean()
    form.add_error(None, str(refusal))
    return form


def _back(request: SignedInRequest, question: Question) -> HttpResponse:
    return done(request, "vetting:questions", applicant_id=question.applicant_id)


def _form_page(request: SignedInRequest, template: str, question: Question, form: Any) -> HttpResponse:
    return page(request, template, {"form": form, "question": question, "applicant": question.applicant})
