from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants import operations, queries
from cases.applicants.forms import EditTaskForm, NoteForm, TaskForm
from cases.applicants.mentions import mentionable
from cases.applicants.models import Applicant
from cases.applicants.operations.contacting import Contact
from cases.applicants.operations.work import EDITABLE_TASK
from cases.applicants.refusals import MentionRefused, Refused, TaskChangedMeanwhile
from cases.applicants.views.guarded import guard
from cases.staff.answers import done, done_but, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

NOTED = {
    "written": gettext_lazy("%(pseudonym)s: written to today. A wrong day is corrected in the case file."),
    "heard": gettext_lazy("%(pseudonym)s: heard from today. A wrong day is corrected in the case file."),
}


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
            form.add_error("text" if isinstance(refusal, MentionRefused) else None, str(refusal))
        else:
            return back(request, applicant)
    context = {"form": form, "applicant": applicant, "mentionable": mentionable(applicant)}
    return page(request, "applicants/note.html", context)


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
            return back(request, applicant)
    return page(request, "applicants/task.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def task_edit(request: SignedInRequest, task_id: UUID) -> HttpResponseBase:
    task = queries.find_task(request.user, task_id)
    now = EditTaskForm.typed({name: getattr(task, name) for name in EDITABLE_TASK})
    first = EditTaskForm.first_values(now, task.version)
    form, meanwhile = EditTaskForm(request.POST or None, task=task, initial=first), None
    if form.is_valid() and (guarded := guard(form, ["title"], task.applicant, request)):
        version = form.cleaned_data["version"] or 0
        saved: dict[str, Any] = {"changes": form.facts, "version": version, "guarded": guarded}
        try:
            operations.edit_task(task=task, **saved, by=request.user)
        except TaskChangedMeanwhile as changed:
            form = form.merged(form.typed(changed.now), changed.now["version"], task=task)
            meanwhile = changed
        else:
            return back(request, task.applicant)
    context = {"form": form, "applicant": task.applicant, "meanwhile": meanwhile}
    return page(request, "applicants/task_edit.html", context)


@requires(Permission.WORK)
@require_POST
def task_done(request: SignedInRequest, task_id: UUID) -> HttpResponseBase:
    task = queries.find_task(request.user, task_id)
    operations.finish_task(task=task, by=request.user)
    said = _("Done. It can be reopened in the timeline.")
    done_but(request, said, undo=reverse("applicants:task_reopen", args=[task.pk]))
    return back(request, task.applicant)


@requires(Permission.WORK)
@require_POST
def task_reopen(request: SignedInRequest, task_id: UUID) -> HttpResponseBase:
    task = queries.find_task(request.user, task_id)
    operations.reopen_task(task=task, by=request.user)
    return back(request, task.applicant)


@requires(Permission.WORK)
@require_POST
def deadline_met(request: SignedInRequest, deadline_id: UUID) -> HttpResponseBase:
    deadline = queries.find_deadline(request.user, deadline_id)
    operations.meet_deadline(deadline=deadline, by=request.user)
    said = _("Done: %(deadline)s.") % {"deadline": deadline.said}
    done_but(request, said, undo=reverse("applicants:deadline_undo", args=[deadline.pk]))
    return back(request, deadline.applicant)


@requires(Permission.WORK)
@require_POST
def contacted(request: SignedInRequest, applicant_id: UUID, contact: Contact) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    operations.note_contact(applicant=applicant, contact=contact, by=request.user)
    said = NOTED[contact] % {"pseudonym": applicant.pseudonym}
    messages.success(request, said)
    return back(request, applicant)


def back(request: SignedInRequest, applicant: Applicant) -> HttpResponseBase:
    """Back to the page on which the button was pressed; from a form that stood alone on its page to the case."""
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    alone = here and here.partition("#")[0].partition("?")[0] == request.path
    return done(request, here.partition("#")[0] if here and not alone else applicant)
