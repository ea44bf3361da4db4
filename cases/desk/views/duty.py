"""Duty officers: one asks, another approves, both unlocked. For anybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.desk.duty_forms import OpenInNeedForm, RestoreForm
from cases.desk.queries import duty as queries
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations, unlock
from cases.vault.models import DutyRequest
from cases.vault.officers import find_waiting, is_officer, officers
from cases.vault.refusals import Refused

View = Callable[..., HttpResponseBase]


def for_officers(view: View) -> View:
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_officer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@requires(Permission.USE_VAULT)
@require_safe
@for_officers
def duty(request: SignedInRequest) -> HttpResponse:
    context = {"asked": queries.waiting_for(request.user), "officers": officers()}
    return render(request, "desk/duty.html", context)


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@for_officers
def ask_restore(request: SignedInRequest) -> HttpResponseBase:
    form = RestoreForm(request.POST or None, by=request.user)
    if form.is_valid() and _asked(request, form, DutyRequest.Kind.RESTORE):
        return done(request, "desk:duty")
    return page(request, "desk/duty_restore.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@for_officers
def ask_open(request: SignedInRequest) -> HttpResponseBase:
    form = OpenInNeedForm(request.POST or None)
    if form.is_valid() and _asked(request, form, DutyRequest.Kind.OPEN):
        return done(request, "desk:duty")
    return page(request, "desk/duty_open.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_POST
@for_officers
def approve(request: SignedInRequest, request_id: UUID) -> HttpResponseBase:
    asked = find_waiting(request.user, request_id)
    try:
        operations.approve_duty(request=asked, unlocked=unlock.current(request), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. Everybody concerned sees it at the desk."))
    return done(request, "desk:duty")


@requires(Permission.USE_VAULT)
@require_POST
@for_officers
def refuse(request: SignedInRequest, request_id: UUID) -> HttpResponseBase:
    asked = find_waiting(request.user, request_id)
    try:
        operations.refuse_duty(request=asked, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ended. Nothing was opened."))
    return done(request, "desk:duty")


def _asked(request: SignedInRequest, form: Form, kind: str) -> bool:
    chosen = form.cleaned_data
    try:
        operations.ask_duty(
            kind=kind,
            colleague=chosen["colleague"],
            safe=chosen.get("safe"),
            reason=chosen["reason"],
            unlocked=unlock.current(request),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Asked. Another duty officer has a day to approve it."))
    return True
