import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import urlencode

from cases.staff.answers import done, is_fetch
from cases.staff.models import User
from cases.staff.queries import has_second_factor
from cases.staff.roles import Role
from cases.staff.sessions import BROWSER, LOGIN_AT

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]

# Where somebody without a second factor can go: to get one, to prove who it is, and out.
FACTOR_PAGES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
}


class LoginRequired(LoginRequiredMiddleware):
    """Every page needs a login unless its door says `public`; the login ends for good after some hours."""

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated:
            _hold_to_its_time(request, request.user)
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view: View
    ) -> HttpResponseBase:
        if is_fetch(request):
            return HttpResponse(status=401, headers={"HX-Trigger": "login-expired"})
        return super().handle_no_permission(request, view)


def _hold_to_its_time(request: HttpRequest, user: User) -> None:
    """End a login that is too old; in the field it is also the shorter idle time that is renewed."""
    in_the_field = Role.FIELD in user.roles
    longest = settings.FIELD_ABSOLUTE_SECONDS if in_the_field else settings.LOGIN_ABSOLUTE_SECONDS
    if time.time() - request.session.get(LOGIN_AT, 0) > longest:
        logout(request)
    elif in_the_field:
        request.session.set_expiry(settings.FIELD_IDLE_SECONDS)


class KnownBrowser:
    """Notes in each session from where it is used: its owner sees where the account is logged in.

    In the session, which is sealed, and in no table beside it: a dump is to tell of nobody where they work.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Afterwards, so that the request that logs in is the first to count.
        if request.user.is_authenticated:
            agent = request.headers.get("User-Agent", "")[:200]
            ip = get_adapter().get_client_ip(request)
            request.session[BROWSER] = {"ip": ip, "agent": agent}
        return response


class OwnLanguage:
    """Who is logged in reads in their own language and time zone; the others in the language of the cookie."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)


class SecondFactor:
    """Where a second factor is required, who has none reaches only the pages to set one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        page = request.resolver_match.url_name if request.resolver_match else None
        if page in FACTOR_PAGES or not getattr(view, "login_required", True):
            return None
        return None if has_second_factor(request.user) else done(request, "mfa_index")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for the login again without allauth's way of keeping a sent body, secrets and all, in the session."""
        if not isinstance(exception, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        [method, *_others] = get_adapter().get_reauthentication_methods(request.user)
        return done(request, f"{method['url']}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
