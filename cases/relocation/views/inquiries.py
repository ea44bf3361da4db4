"""Questions of a government about a submission, and our answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.applicants.models import Applicant
from cases.applicants.refusals import StageBlocked
from cases.applicants.views.guarded import guard
from cases.relocation.forms.submissions import InquiryForm, ReplyForm
from cases.relocation.models import Submission
from cases.relocation.operations import inquiries as operations
from cases.relocation.queries import submissions as queries
from cases.relocation.refusals import NotAllSeen, Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, submission_id: UUID) -> HttpResponseBase:
    found = queries.find_submission(submission_id)
    form = InquiryForm(request.POST or None, submission=found, by=request.user)
    if form.is_valid():
        about = form.cleaned_data["applicant"] or _anybody(request, found)
        if about is None:
            form.add_error("applicant", str(NotAllSeen()))
        elif guarded := guard(form, ["question"], about, request):
            said = {"id": form.cleaned_data["new_id"], "facts": form.facts, "guarded": guarded}
            try:
                operations.add_inquiry(submission=found, **said, by=request.user)
            except (Refused, StageBlocked) as refusal:
                form.add_error(None, str(refusal))
            else:
                return done(request, found)
    return page(request, "relocation/inquiry.html", {"form": form, "submission": found})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def reply(request: SignedInRequest, inquiry_id: UUID) -> HttpResponseBase:
    found = queries.find_inquiry(request.user, inquiry_id)
    about = found.applicant or _anybody(request, found.submission)
    form = ReplyForm(request.POST or None)
    if form.is_valid() and about and (guarded := guard(form, ["answer"], about, request)):
        said = {"answer": form.cleaned_data["answer"], "guarded": guarded}
        try:
            left = operations.answer_inquiry(inquiry=found, **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered."))
            for sentence in left:
                messages.warning(request, sentence)
            return done(request, found.submission)
    elif form.is_valid() and about is None:
        form.add_error(None, str(NotAllSeen()))
    return page(request, "relocation/reply.html", {"form": form, "inquiry": found})


def _anybody(request: SignedInRequest, submission: Submission) -> Applicant | None:
    """With whom to compare what is said of all: the first whom the colleague sees."""
    lines = queries.lines_of(submission, request.user)
    return lines[0].person.applicant if lines else None
