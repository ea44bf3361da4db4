"""What Django and allauth report of logins: each is recorded, and a changed secret ends the other sessions.

The one place with signal receivers: these deeds are done by the two libraries, not by an operation of ours.
"""

import time
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import signals as auth
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.operations import choose_language, raise_epoch
from cases.staff.queries import username_taken
from cases.staff.sessions import LOGIN_AT


def connect() -> None:
    auth.user_logged_in.connect(_logged_in)
    auth.user_logged_out.connect(_logged_out)
    auth.user_login_failed.connect(_login_failed)
    account.password_changed.connect(_password_changed)
    account.password_set.connect(_password_changed)
    mfa.authenticator_added.connect(_factor_added)
    mfa.authenticator_removed.connect(_factor_removed)
    mfa.authenticator_reset.connect(_codes_renewed)
    mfa.authentication_failed.connect(_factor_failed)


def _logged_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[LOGIN_AT] = time.time()
    _keep_language(request, user)
    record("staff.logged_in", by=user)


def _keep_language(request: HttpRequest, user: User) -> None:
    """Go on in the language that was chosen in this browser, on the login page or before."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES) and chosen != user.language:
        choose_language(user=user, language=chosen)


def _logged_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record("staff.logged_out", by=user)


def _login_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    # People type their password into the wrong field: what is no user name is not repeated.
    typed = str(credentials.get("username") or "").lower()
    record("staff.login_failed", by=None, about=typed if username_taken(typed) else "")


def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    record("staff.password_changed", by=user)


def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    record("staff.factor_added", by=user, detail=str(authenticator.type))


def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    record("staff.factor_removed", by=user, detail=str(authenticator.type))


def _codes_renewed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    record("staff.codes_renewed", by=user)


def _factor_failed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("staff.factor_failed", by=None, about=user.username, detail=str(authenticator.type))


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    raise_epoch(user=user)
    update_session_auth_hash(request, user)
