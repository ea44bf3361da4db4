"""The door of a page: every view carries exactly one of these three, and a test walks the URLs to see that it does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from cases.staff.models import User
from cases.staff.roles import Permission

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """What a view behind a door is given: the person is known."""

    user: User


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in who holds `permission`; everybody else who is logged in gets 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.door = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let in everybody who is logged in."""
    view.door = "signed in"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Let in everybody, logged in or not."""
    open_view: View = login_not_required(view)
    open_view.door = "public"  # type: ignore[attr-defined]
    return open_view
