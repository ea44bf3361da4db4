"""Submissions: freezing, the paper, handing in, the receipt, answers for each person, and the annex with names."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.applicants.refusals import StageBlocked
from cases.documents.queries.held import types_by_code
from cases.relocation.dossier_words import as_pdf
from cases.relocation.forms.submissions import AnnexForm, AnswerForm, FreezeForm, HandInForm, ReceiptForm
from cases.relocation.models import Submission
from cases.relocation.operations import submissions as operations
from cases.relocation.queries import groups
from cases.relocation.queries import submissions as queries
from cases.relocation.refusals import NotAllSeen, Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

LANGUAGES = ("en", "fr")


@requires(Permission.SEE_CASES)
@require_GET
def submission(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    found = queries.find_submission(submission_id)
    return render(request, "relocation/submission.html", _page_of(request, found))


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def freeze(request: SignedInRequest, group_id: UUID) -> HttpResponseBase:
    group = groups.find_group(group_id)
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        act = lambda: operations.freeze(id=form.cleaned_data["new_id"], group=group, by=request.user)  # noqa: E731
        if made := _attempt(form, act):
            return done(request, made)
    people = groups.people_of(group, request.user)
    consents = queries.consents_of(group, request.user)
    context = {"form": form, "group": group, "hidden": people.hidden, "consents": consents}
    return page(request, "relocation/freeze.html", context)


@requires(Permission.NEGOTIATE)
@require_GET
def paper(request: SignedInRequest, submission_id: UUID, language: str) -> HttpResponseBase:
    """The frozen words as a PDF, for who sees everybody in it."""
    found = queries.find_submission(submission_id)
    if not queries.sees_all(found, request.user):
        messages.warning(request, str(NotAllSeen()))
        return done(request, found)
    people = list(found.people.all())
    content = as_pdf(found, people, types_by_code(), language)
    operations.paper_taken(submission=found, language=language, by=request.user)
    name = f"dossier-{found.number}-{found.content_hash[:8]}-{language}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def hand_in(request: SignedInRequest, submission_id: UUID) -> HttpResponseBase:
    found = queries.find_submission(submission_id)
    form = HandInForm(request.POST or None)
    if form.is_valid():
        on = form.cleaned_data["on"]
        if _done(form, lambda: operations.hand_in(submission=found, on=on, by=request.user)):
            messages.success(request, _("Handed in. Every case moved to “Submitted”."))
            return done(request, found)
    return page(request, "relocation/hand_in.html", {"form": form, "submission": found})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def receipt(request: SignedInRequest, submission_id: UUID) -> HttpResponseBase:
    found = queries.find_submission(submission_id)
    form = ReceiptForm(request.POST or None, instance=found)
    if form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: operations.note_receipt(submission=found, **said, by=request.user)):
            return done(request, found)
    return page(request, "relocation/receipt.html", {"form": form, "submission": found})


@requires(Permission.NEGOTIATE)
@require_POST
def asked(request: SignedInRequest, submission_id: UUID) -> HttpResponseBase:
    found = queries.find_submission(submission_id)
    try:
        operations.asked_for_news(submission=found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted. Everybody who waits comes up again in a fortnight."))
    return done(request, found)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, submission_id: UUID, applicant_id: UUID) -> HttpResponseBase:
    person = queries.find_person(request.user, submission_id, applicant_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: operations.note_answer(person=person, **said, by=request.user)):
            return done(request, person.submission)
    return page(request, "relocation/answer.html", {"form": form, "person": person})


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
def annex(request: SignedInRequest, submission_id: UUID) -> HttpResponseBase:
    """Link an export with names; asking, approving and collecting it happens where all of them do."""
    found = queries.find_submission(submission_id)
    exports = queries.exports_to_link(found, request.user)
    form = AnnexForm(request.POST or None, exports=exports)
    if form.is_valid():
        chosen = next(one for one in exports if str(one.pk) == form.cleaned_data["export"])
        if _done(form, lambda: operations.link_annex(submission=found, export=chosen, by=request.user)):
            return done(request, found)
    people = queries.lines_of(found, request.user)
    ask = urlencode([("case", str(one.person.applicant_id)) for one in people])
    context = {"form": form, "submission": found, "exports": exports, "ask": ask}
    return page(request, "relocation/annex.html", context)


def _page_of(request: SignedInRequest, found: Submission) -> dict[str, Any]:
    lines = queries.lines_of(found, request.user)
    limit = queries.limit_for(found.group.government.country.code)
    people = [one.person.applicant for one in lines]
    return {
        "submission": found,
        "group": found.group,
        "lines": lines,
        "hidden": queries.number_of(found) - len(lines),
        "erased": len(found.part_hashes) - queries.number_of(found),
        "changed": [one for one in lines if one.differences],
        "staying": queries.consents_of(found.group, request.user).staying,
        "inquiries": queries.inquiries_of(found, request.user),
        "limit": limit,
        "split": queries.proposed_split(people, limit.most) if limit and len(people) > limit.most else None,
        "waits": any(one.person.answer == "waiting" for one in lines),
        "writes": request.user.may(Permission.NEGOTIATE),
        "discloses": request.user.may(Permission.DISCLOSE),
    }


def _attempt(form: BaseForm, act: Callable[[], Any]) -> Any:
    """Do it; what is refused becomes an error of the form."""
    try:
        return act()
    except (Refused, StageBlocked) as refusal:
        form.add_error(None, str(refusal))
        return None


def _done(form: BaseForm, act: Callable[[], Any]) -> bool:
    _attempt(form, act)
    return form.is_valid()
