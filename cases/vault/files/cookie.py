"""The secret behind unfinished uploads. It exists in the sender's browser alone, until the last chunk has arrived."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cases.vault.envelope import ROOT_BYTES, derive, info


def cookie_name() -> str:
    return "__Host-upload" if settings.HTTPS else "upload"


def begin(request: HttpRequest) -> str:
    """Return the value for the cookie: the one that is there, or a new one."""
    return request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(ROOT_BYTES)


def secret_in(value: str, user_id: int) -> bytes:
    """What follows from the cookie for one person: another who logs in to the same browser gets another."""
    return derive(value.encode(), info("uploads", user_id))


def secret_of(request: HttpRequest) -> bytes | None:
    value = request.COOKIES.get(cookie_name())
    return secret_in(value, request.user.pk) if value and request.user.pk is not None else None


def put(response: HttpResponseBase, value: str) -> None:
    response.set_cookie(cookie_name(), value, secure=settings.HTTPS, httponly=True, samesite="Strict")


def forget(response: HttpResponseBase) -> None:
    response.delete_cookie(cookie_name(), samesite="Strict")
