from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants import operations, queries
from cases.applicants.forms import NoteForm, TaskForm
from cases.applicants.models import Applicant
from cases.applicants.refusals import Refused
from cases.applicants.views.guarded import guard
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def note(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = NoteForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["text"], applicant, request)):
        clean = form.cleaned_data
        written = {"id": clean["new_id"], "text": clean["text"], "guarded": guarded}
        try:
            operations.add_note(applicant=applicant, **written, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, applicant)
    return page(request, "applicants/note.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def task(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = TaskForm(request.POST or None, applicant=applicant, by=request.user)
    if form.is_valid() and (guarded := guard(form, ["title"], applicant, request)):
        clean = {**form.cleaned_data, "guarded": guarded}
        try:
            operations.add_task(id=clean.pop("new_id"), applicant=applicant, **clean, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, applicant)
    return page(request, "applicants/task.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def task_done(request: SignedInRequest, task_id: UUID) -> HttpResponseBase:
    task = queries.find_task(request.user, task_id)
    operations.finish_task(task=task, by=request.user)
    messages.success(request, _("Done. It can be reopened in the timeline."))
    return _back(request, task.applicant)


@requires(Permission.WORK)
@require_POST
def task_reopen(request: SignedInRequest, task_id: UUID) -> HttpResponseBase:
    task = queries.find_task(request.user, task_id)
    operations.reopen_task(task=task, by=request.user)
    return _back(request, task.applicant)


@requires(Permission.WORK)
@require_POST
def deadline_met(request: SignedInRequest, deadline_id: UUID) -> HttpResponseBase:
    deadline = queries.find_deadline(request.user, deadline_id)
    operations.meet_deadline(deadline=deadline, by=request.user)
    messages.success(request, _("Done: %(deadline)s.") % {"deadline": deadline.said})
    return _back(request, deadline.applicant)


def _back(request: SignedInRequest, applicant: Applicant) -> HttpResponseBase:
    """Back to the page on which the button was pressed."""
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return done(request, here.partition("#")[0] if here else applicant)
