"""What an administrator of accounts does about colleagues."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.staff import operations, qr, queries
from cases.staff.answers import attempt, done, is_fetch, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.forms import GiveRoleForm, InviteForm
from cases.staff.models import Invitation, User
from cases.staff.partings import HOLDINGS
from cases.staff.refusals import Refused
from cases.staff.roles import Permission, Role


@requires(Permission.MANAGE_ACCOUNTS)
@require_GET
def colleagues(request: SignedInRequest) -> HttpResponse:
    return render(request, "staff/colleagues.html", {"people": queries.accounts()})


@requires(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        made = attempt(form, lambda: operations.invite(**form.cleaned_data, by=request.user))
        if made:
            person, token = made
            return _link(request, person, token, Invitation.Purpose.JOIN)
    return page(request, "staff/invite.html", {"form": form})


@requires(Permission.MANAGE_ACCOUNTS)
@require_GET
def colleague(request: SignedInRequest, user_id: int) -> HttpResponse:
    return _colleague(request, queries.find_account(user_id), GiveRoleForm())


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def give_role(request: SignedInRequest, user_id: int) -> HttpResponse:
    person = queries.find_account(user_id)
    form = GiveRoleForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        if attempt(form, lambda: operations.give_role(user=person, **wanted, by=request.user)):
            return done(request, "staff:colleague", user_id=user_id)
    return _colleague(request, person, form)


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def end_role(request: SignedInRequest, user_id: int, role: Role) -> HttpResponse:
    person = queries.find_account(user_id)
    try:
        operations.end_role(user=person, role=role, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return done(request, "staff:colleague", user_id=user_id)


@requires(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def make_link(request: SignedInRequest, user_id: int, purpose: Invitation.Purpose) -> HttpResponse:
    person = queries.find_account(user_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        token = attempt(form, lambda: operations.make_link(user=person, purpose=purpose, by=request.user))
        if token:
            return _link(request, person, token, purpose)
    return page(request, "staff/make_link.html", {"form": form, "person": person, "purpose": purpose.value})


@requires(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def deactivate(request: SignedInRequest, user_id: int) -> HttpResponse:
    person = queries.find_account(user_id)
    if request.method == "POST":
        try:
            operations.deactivate(user=person, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return done(request, "staff:colleague", user_id=user_id)
    holdings = [sentence for say in HOLDINGS for sentence in say(person)]
    return render(request, "staff/deactivate.html", {"person": person, "holdings": holdings})


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def reactivate(request: SignedInRequest, user_id: int) -> HttpResponse:
    operations.reactivate(user=queries.find_account(user_id), by=request.user)
    return done(request, "staff:colleague", user_id=user_id)


def _colleague(request: SignedInRequest, person: User, form: GiveRoleForm) -> HttpResponse:
    factor = queries.has_second_factor(person)
    own = person.pk == request.user.pk
    return page(
        request, "staff/colleague.html", {"person": person, "form": form, "factor": factor, "own": own}
    )


def _link(request: SignedInRequest, person: User, token: str, purpose: Invitation.Purpose) -> HttpResponse:
    """Show a link; it is kept nowhere, so this is the only time."""
    url = request.build_absolute_uri(reverse("staff:join", args=[token]))
    context = {"person": person, "url": url, "qr": qr.as_image(url), "purpose": purpose.value}
    return render(request, "staff/_link.html" if is_fetch(request) else "staff/link.html", context)
