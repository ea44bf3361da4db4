"""How allauth is to behave here; named in the settings."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.operations import record
from cases.staff import qr, queries, secret_box
from cases.staff.answers import done
from cases.staff.models import User
from cases.staff.sessions import JOINING, LOGIN_AT

TOLD_FOR = timedelta(days=30)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just joined sets up the second factor without typing the new password again."""
        session = context.request.session
        fresh = time.time() - session.get(LOGIN_AT, 0) < REAUTHENTICATION_TIMEOUT
        if app == "allauth.mfa" and session.get(JOINING) and fresh:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in, and show what others did lately to let somebody into this account.

        At each login of a month, not only at the next one: the next may be that of who used the link.
        """
        # Frozen while the second factor was asked for: the first step has let them through.
        if not User.objects.filter(
            pk=user.pk, is_active=True, frozen_at=None, travelling_since=None
        ).exists():
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)
        for link in queries.links_made_since(user, timezone.now() - TOLD_FOR):
            said = _(
                "%(who)s made a link for you to %(purpose)s. If you did not ask for it, tell a colleague at once."
            )
            words = {
                "who": link.created_by or _("Whoever runs the server"),
                "purpose": link.get_purpose_display(),
            }
            messages.warning(request, said % words)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        refused = super().pre_login(request, user, **kwargs)
        return self.respond_user_inactive(request, user) if refused or user.is_barred else None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Whoever holds the right password learns that nobody gets in, and not why."""
        clear_login(request)
        record("staff.login_barred", by=None, about=user.username)
        return done(request, "account_inactive")

    def add_message(self, request: HttpRequest, level: int, *args: object, **kwargs: object) -> None:
        """Pages say what happened by themselves; only what went wrong is worth a message."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return secret_box.encrypt(text, purpose="second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return secret_box.decrypt(encrypted_text, purpose="second factor")

    def build_totp_svg(self, url: str) -> str:
        return qr.svg(url)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()
