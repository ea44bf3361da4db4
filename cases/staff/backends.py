"""Who gets in, asked at the login and again with each request; named in the settings."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser


class Door(AuthenticationBackend):  # type: ignore[misc]
    """Shut to closed, frozen and travelling accounts.

    Django loads the person of every request through it: who was frozen a moment ago is nobody in the next one.
    """

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        return bool(super().user_can_authenticate(user)) and not user.is_barred  # type: ignore[attr-defined]
