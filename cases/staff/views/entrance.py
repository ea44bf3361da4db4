"""Ways in beside the login page: an invitation, a link for what was lost, one click in the demo."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.staff import operations, queries
from cases.staff.answers import attempt, done, page
from cases.staff.door import public
from cases.staff.forms import NewPasswordForm, OldPasswordForm
from cases.staff.models import Invitation, User
from cases.staff.sessions import JOINING


@public
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link from the administrator; opening it changes nothing, sending the form uses it up."""
    invitation = queries.find_invitation(token)
    if invitation is None:
        response = render(request, "staff/link_ended.html", status=410)
    elif invitation.purpose == Invitation.Purpose.FACTOR:
        response = _take_new_factor(request, token, invitation.user)
    else:
        response = _take_new_password(request, token, invitation)
    # Django's log would repeat the address of an answer of 4xx, and with it a token that still works.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _take_new_password(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = NewPasswordForm(invitation.user, request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["new_password1"]
        user = attempt(form, lambda: operations.accept_invitation(token=token, password=password))
        if user and invitation.purpose == Invitation.Purpose.JOIN:
            return _let_in(request, user)
        if user:
            messages.success(request, _("Your new password is set. Log in with it now."))
            return done(request, settings.LOGIN_URL)
    return page(request, "staff/join.html", {"form": form, "invitation": invitation})


def _take_new_factor(request: HttpRequest, token: str, user: User) -> HttpResponse:
    form = OldPasswordForm(request.POST or None, request=request, user=user)
    if form.is_valid():
        known = attempt(form, lambda: operations.accept_new_factor(token=token))
        if known:
            return _let_in(request, known)
    return page(request, "staff/new_factor.html", {"form": form})


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    perform_login(request, user)
    request.session[JOINING] = True
    return done(request, "mfa_index")


@public
@require_GET
def lost(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/lost.html")


@public
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = queries.demo_account(request.POST.get("username", ""))
    get_adapter().login(request, user)
    return done(request, get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
