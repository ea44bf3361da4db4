"""allauth's forms in our words; named in the settings. A label stands above each field, so none repeats it inside."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = _("At least 12 characters. A few words that belong together only for you are easy to type.")
CODE = _("Six digits from the app, or a recovery code")


class InOurWords:
    fields: dict[str, Any]
    words: dict[str, Promise] = {}
    hints: dict[str, Promise] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    words = {"login": _("User name"), "password": _("Password")}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": _("Your password")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": _("Your password until now"),
        "password1": _("New password"),
        "password2": _("The same once more"),
    }
    hints = {"password1": NEW_PASSWORD}


class SetPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": _("New password"), "password2": _("The same once more")}
    hints = {"password1": NEW_PASSWORD}


class FactorForm(InOurWords, factor.AuthenticateForm):  # type: ignore[misc]
    words = {"code": CODE}


class FactorAgainForm(InOurWords, factor.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": CODE}


class AppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": _("Six digits from the app")}


class PasskeyForm(InOurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("Name of the device"), "passwordless": _("Log in with it alone, without the password")}
    hints = {"passwordless": _("The device then asks for fingerprint, face or PIN each time.")}
