from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from cases.desk.imports import steps
from cases.staff.answers import is_fetch
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import progress


@requires(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        start = steps.first(request.user)
        return render(request, "desk/import.html", start.context | {"step": start.template})
    # A browser writes the body of an ordinary form to disk, and here it holds names.
    if not is_fetch(request):
        raise BadRequest
    answer = steps.answer(steps.Sent(request.POST, request.FILES, request.user))
    return render(request, answer.template, answer.context, status=422 if answer.refused else 200)


@requires(Permission.IMPORT)
@require_GET
def import_progress(request: SignedInRequest, import_id: UUID) -> JsonResponse:
    return JsonResponse(progress.state(request.user, import_id))
