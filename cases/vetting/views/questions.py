"""The questions to a person: the list, opening what they say, raising one by hand."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import account_strip, read_account
from cases.vetting.forms.questions import AskForm
from cases.vetting.operations.questions import raise_question
from cases.vetting.queries.questions import questions_of
from cases.vetting.questions_page import rows_of
from cases.vetting.tabs import frame
from cases.vetting.views.checks import may_answer


@requires(Permission.SEE_CASES)
@require_GET
def questions(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "rows": rows_of(questions_of(applicant)),
        "account": account_strip(applicant, request.user),
        "may_answer": may_answer(applicant, request.user),
        "open_form": OpenForm(),
    }
    return render(request, "vetting/questions.html", frame(applicant, "checks") | context)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_questions(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Open all of them at once: one reason, one row in the log, a quarter of an hour to compare them."""
    applicant = find_applicant(request.user, applicant_id)
    found, form = list(questions_of(applicant)), eased(OpenForm(request.POST), request, applicant)
    context = {"applicant": applicant, "open_form": form, "may_answer": may_answer(applicant, request.user)}
    if form.is_valid():
        kinds = [one.sealed_kind for one in found]
        unlocked = unlock.current(request)
        try:
            opened = read_account(
                applicant=applicant, kinds=kinds, reason=form.why, unlocked=unlocked, by=request.user
            )
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"rows": rows_of(found, opened), "closed_rows": rows_of(found)}
            context |= {
                "seconds": seconds_shown(request, applicant, settings.VAULT["account_visible_seconds"])
            }
            context |= {"account": account_strip(applicant, request.user)}
            return retarget(render(request, "vetting/_questions_opened.html", context), "#questions")
    return render(request, "vetting/_open_questions.html", context, status=422)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def ask(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Raise a question by hand; another page may hand over as `about` what the form is to begin with."""
    applicant = find_applicant(request.user, applicant_id, "work")
    first = {"new_id": random_id(), "about": request.POST.get("about", ""), "kind": "contradiction"}
    form = AskForm(request.POST if "new_id" in request.POST else None, initial=first)
    if form.is_valid():
        asked = {"id": form.cleaned_data["new_id"], "kind": form.cleaned_data["kind"]}
        try:
            raise_question(applicant=applicant, **asked, content=form.content, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is sealed. It waits in the list until it is settled."))
            return done(request, "vetting:questions", applicant_id=applicant_id)
    return page(request, "vetting/ask.html", frame(applicant, "checks") | {"form": form})
