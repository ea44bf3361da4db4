"""The lists: what was taken in and when, taking in another file, and comparing everybody with them again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.forms.watchlists import StepForm, UploadListForm
from cases.vetting.list_page import lines
from cases.vetting.operations.screening import screen_step
from cases.vetting.operations.watchlists import Upload, begin_import
from cases.vetting.queries import watchlists as queries
from cases.vetting.queries.screening import can_screen, to_screen


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
@by_fetch
def watchlists(request: SignedInRequest) -> HttpResponseBase:
    form = UploadListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        cleaned = form.cleaned_data
        index = cleaned["index"].read() if cleaned["index"] else None
        upload = Upload(cleaned["file"].name, cleaned["file"].read(), index)
        given = {"slug": cleaned["name"], "upload": upload, "may_shrink": cleaned["may_shrink"]}
        try:
            begin_import(**given, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, "vetting:watchlists")
    return page(request, "vetting/watchlists.html", _context(request) | {"form": form})


@requires(Permission.VET)
@require_GET
def import_progress(request: SignedInRequest, import_id: UUID) -> JsonResponse:
    """How far a file is, in parts of a hundred."""
    one = queries.find_import(import_id)
    if one.state not in queries.UNDER_WAY or queries.is_silent(one):
        return JsonResponse({"done": 100, "total": 100, "next": reverse("vetting:watchlists")})
    return JsonResponse({"done": min(99, 100 * one.done // max(1, one.size)), "total": 100})


@requires(Permission.VET)
@require_POST
@by_fetch
def screen_again(request: SignedInRequest) -> HttpResponseBase:
    """One step of comparing everybody; the answer asks for the next one by itself."""
    form = StepForm(request.POST)
    last = form.cleaned_data["last"] if form.is_valid() else None
    before = (form.cleaned_data.get("done") or 0) if form.is_valid() else 0
    try:
        step = screen_step(last=last, unlocked=unlock.current(request), by=request.user)
    except (Refused, VaultRefused) as refusal:
        context = _people(request) | {"refused": str(refusal)}
        return render(request, "vetting/_screen_again.html", context, status=422)
    counted = {"done": before + step.done, "total": before + step.done + step.left}
    return render(request, "vetting/_screen_again.html", _people(request) | {"step": step, **counted})


def _context(request: SignedInRequest) -> dict[str, Any]:
    lists = {"lists": lines(queries.watchlists()), "otherwise": queries.filed_otherwise()}
    return lists | _people(request)


def _people(request: SignedInRequest) -> dict[str, Any]:
    return {
        "to_screen": to_screen(request.user).count(),
        "can_screen": can_screen(request.user).exists(),
    }
