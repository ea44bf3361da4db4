"""What everybody does about their own account, and the page that says who may do what."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.staff import operations, queries
from cases.staff.answers import attempt, done, page
from cases.staff.door import SignedInRequest, public, signed_in
from cases.staff.forms import AccountForm, AwayForm, NoticesForm
from cases.staff.models import Notices
from cases.staff.roles import ALONE, ROLES, Permission
from cases.staff.sessions import JOINING


@signed_in
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=queries.find_account(request.user.pk))
    if form.is_valid():
        facts = form.cleaned_data
        if attempt(form, lambda: operations.edit_account(user=request.user, **facts, by=request.user)):
            messages.success(request, _("Your account is saved."))
            return _speaking(done(request, "staff:account"), facts["language"])
    return page(
        request,
        "staff/account.html",
        {
            "form": form,
            "factor": queries.has_second_factor(request.user),
            "pace": Notices(request.user.notice_pace).label,
        },
    )


def _speaking(response: HttpResponse, language: str) -> HttpResponse:
    """The browser keeps the same choice as the account: the next login takes over what the browser says."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def logins(request: SignedInRequest) -> HttpResponse:
    """Where one is logged in; sending it ends every login but this one."""
    if request.method == "POST":
        operations.end_logins(user=request.user, by=request.user)
        update_session_auth_hash(request, request.user)
        return done(request, "staff:logins")
    found = queries.logins_of(request.user, here=request.session.session_key or "")
    return render(request, "staff/logins.html", {"logins": found})


@signed_in
@require_http_methods(["GET", "POST"])
def away(request: SignedInRequest) -> HttpResponse:
    form = AwayForm(request.POST or None, user=request.user)
    if form.is_valid():
        until, deputy = form.cleaned_data["until"], form.cleaned_data["deputy"]
        if attempt(
            form, lambda: operations.set_away(user=request.user, until=until, deputy=deputy, by=request.user)
        ):
            messages.success(request, _("Saved: your deputy takes over.") if until else _("Welcome back."))
            return done(request, "staff:account")
    return page(request, "staff/away.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """How often a mail says that something waits."""
    user = request.user
    form = NoticesForm(request.POST or None, user=user)
    if form.is_valid():
        operations.choose_notices(user=user, notices=form.cleaned_data["notices"], by=user)
        messages.success(request, _("Your notices are saved."))
        return done(request, "staff:account")
    return page(request, "staff/notices.html", {"form": form})


@signed_in
@require_GET
def roles(request: SignedInRequest) -> HttpResponse:
    sheets = [(role, sheet, role in request.user.roles) for role, sheet in ROLES.items()]
    return render(
        request, "staff/roles.html", {"sheets": sheets, "permissions": list(Permission), "alone": ALONE}
    )


@signed_in
@require_GET
def welcome(request: SignedInRequest) -> HttpResponse:
    """The end of joining: on to the words for opening names, for those who may."""
    request.session.pop(JOINING, None)
    return done(
        request, "vault:first" if request.user.may(Permission.USE_VAULT) else settings.LOGIN_REDIRECT_URL
    )


@signed_in
@require_GET
def login_done(request: SignedInRequest) -> HttpResponse:
    """Shown in the frame over a form whose login had expired; its script tells the form to go on."""
    return render(request, "staff/login_done.html")


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    response = i18n.set_language(request)
    wanted = request.POST.get("language")
    if request.user.is_authenticated and wanted in dict(settings.LANGUAGES):
        operations.choose_language(user=request.user, language=wanted)
    return response
