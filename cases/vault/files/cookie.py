"""The secret behind unfinished uploads. It exists in the sender's browser alone, until the last chunk has arrived."""

import secrets

from django.http import HttpRequest, HttpResponseBase

from cases.vault import cookies
from cases.vault.envelope import ROOT_BYTES, derive, info

COOKIE = "upload"


def begin(request: HttpRequest) -> str:
    """Return the value for the cookie: the one that is there, or a new one."""
    return cookies.held(request, COOKIE) or secrets.token_urlsafe(ROOT_BYTES)


def secret_in(value: str, user_id: int) -> bytes:
    """What follows from the cookie for one person: another who logs in to the same browser gets another."""
    return derive(value.encode(), info("uploads", user_id))


def secret_of(request: HttpRequest) -> bytes | None:
    value = cookies.held(request, COOKIE)
    return secret_in(value, request.user.pk) if value and request.user.pk is not None else None


def put(response: HttpResponseBase, value: str) -> None:
    cookies.put(response, COOKIE, value)


def forget(response: HttpResponseBase) -> None:
    cookies.forget(response, COOKIE)
