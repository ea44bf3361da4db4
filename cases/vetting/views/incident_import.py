from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import progress
from cases.vetting.imports import steps


@requires(Permission.VET)
@require_http_methods(["GET", "HEAD", "POST"])
def import_incidents(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        start = steps.first()
        return render(request, "vetting/import.html", start.context | {"step": start.template})
    answer = steps.answer(steps.Sent(request.POST, request.FILES, request.user))
    return render(request, answer.template, answer.context, status=422 if answer.refused else 200)


@requires(Permission.VET)
@require_GET
def import_progress(request: SignedInRequest, import_id: UUID) -> JsonResponse:
    return JsonResponse(progress.state(request.user, import_id))
