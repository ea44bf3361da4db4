"""Cookies that carry a secret: bound to this host, unseen by scripts, sent from nowhere else, gone with the browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def held(request: HttpRequest, name: str) -> str:
    """Return what a cookie holds; "" without one."""
    return request.COOKIES.get(_whole(name), "")


def put(response: HttpResponseBase, name: str, secret: str) -> None:
    response.set_cookie(_whole(name), secret, secure=settings.HTTPS, httponly=True, samesite="Strict")


def forget(response: HttpResponseBase, name: str) -> None:
    response.delete_cookie(_whole(name), samesite="Strict")


def _whole(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
