"""When a device is lost, a colleague is arrested, or a border is ahead: open to everybody who is logged in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.staff import barring, operations
from cases.staff.answers import attempt, done, page
from cases.staff.door import SignedInRequest, signed_in
from cases.staff.forms import FreezeForm, LiftForm, LossForm, TravelForm, VoiceForm
from cases.staff.refusals import Refused


@signed_in
@require_GET
def emergency(request: SignedInRequest) -> HttpResponse:
    context = {
        "frozen": barring.running(),
        "unconfirmed": barring.unconfirmed(),
        "travellers": barring.travellers(),
    }
    return render(request, "staff/emergency.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def freeze(request: SignedInRequest) -> HttpResponse:
    form = FreezeForm(_sent(request), whom=request.GET.get("whom", ""))
    if form.is_valid():
        made = attempt(form, lambda: operations.freeze(**form.cleaned_data, by=request.user))
        if made and made.user_id == request.user.pk:
            return done(request, "account_inactive")
        if made:
            frozen = _("The account is frozen. Now call the people on the list.")
            waits = _("The second within an hour: it takes effect when another colleague confirms it.")
            messages.success(request, frozen if made.began_at else waits)
            return done(request, "staff:emergency")
    return page(request, "staff/freeze.html", {"form": form})


@signed_in
@require_POST
def confirm_freeze(request: SignedInRequest, freeze_id: UUID) -> HttpResponse:
    found = barring.find_unconfirmed(freeze_id)
    try:
        operations.confirm_freeze(freeze=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return done(request, "staff:emergency")


@signed_in
@require_http_methods(["GET", "POST"])
def ask_lift(request: SignedInRequest, freeze_id: UUID) -> HttpResponse:
    found = barring.find_running(freeze_id)
    form = LiftForm(_sent(request))
    if form.is_valid() and _acted(
        form, lambda: operations.ask_lift(freeze=found, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("Asked. Another colleague has to approve it."))
        return done(request, "staff:emergency")
    return page(request, "staff/lift.html", {"form": form, "freeze": found})


@signed_in
@require_http_methods(["GET", "POST"])
def approve_lift(request: SignedInRequest, freeze_id: UUID) -> HttpResponse:
    found = barring.find_running(freeze_id)
    form = VoiceForm(_sent(request))
    if form.is_valid() and _acted(form, lambda: operations.approve_lift(freeze=found, by=request.user)):
        messages.success(request, _("The account is open again. Everybody is told."))
        return done(request, "staff:emergency")
    return page(request, "staff/lift.html", {"form": form, "freeze": found, "approving": True})


@signed_in
@require_POST
def refuse_lift(request: SignedInRequest, freeze_id: UUID) -> HttpResponse:
    found = barring.find_running(freeze_id)
    try:
        operations.refuse_lift(freeze=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return done(request, "staff:emergency")


@signed_in
@require_http_methods(["GET", "POST"])
def confirm_loss(request: SignedInRequest, freeze_id: UUID) -> HttpResponse:
    found = barring.find_running(freeze_id)
    form = LossForm(_sent(request))
    if form.is_valid() and _acted(form, lambda: operations.confirm_loss(freeze=found, by=request.user)):
        messages.success(
            request, _("Written down. Those who hold the same names seal them anew at their desk.")
        )
        return done(request, "staff:emergency")
    return page(request, "staff/loss.html", {"form": form, "freeze": found})


@signed_in
@require_http_methods(["GET", "POST"])
def travel(request: SignedInRequest) -> HttpResponse:
    form = TravelForm(_sent(request), user=request.user)
    if form.is_valid() and _acted(
        form, lambda: operations.begin_travel(**form.cleaned_data, by=request.user)
    ):
        return done(request, "account_inactive")
    return page(request, "staff/travel.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def end_travel(request: SignedInRequest, user_id: int) -> HttpResponse:
    traveller = barring.find_traveller(user_id)
    form = VoiceForm(_sent(request))
    if form.is_valid() and _acted(form, lambda: operations.end_travel(user=traveller, by=request.user)):
        messages.success(request, _("The login works again. Everybody is told."))
        return done(request, "staff:emergency")
    return page(request, "staff/end_travel.html", {"form": form, "traveller": traveller})


@signed_in
@require_POST
def ask_coordinators(request: SignedInRequest, user_id: int) -> HttpResponse:
    traveller = barring.find_represented(request.user, user_id)
    operations.ask_coordinators(traveller=traveller, by=request.user)
    messages.success(request, _("The coordinators are asked to share what is needed."))
    return done(request, "desk:home")


def _acted(form: Any, act: Any) -> bool:
    """Do it; what is refused is said in the form."""
    attempt(form, act)
    return not form.errors


def _sent(request: SignedInRequest) -> Any:
    # A box that was not ticked is not sent at all.
    return request.POST if request.method == "POST" else None
