from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.staff.forms.login import NEW_PASSWORD
from cases.staff.models import User


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("New password"), _("The same once more")
        first.help_text = NEW_PASSWORD
        second.help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        """Django would say beside the repetition that the password is too short."""
        super().validate_password_for_user(user, "new_password1")


class OldPasswordForm(forms.Form):
    """Proof by password of who uses a link; counts and limits wrong tries like the login page."""

    only_asks = True
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter().authenticate(self.request, username=self.user.username, password=password):
            raise forms.ValidationError(gettext("This is not your password."))
        return password
