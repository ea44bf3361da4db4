"""What is said when something breaks: the class of the exception and the frames, never a value.

The text of an exception may carry what somebody typed, so neither pages nor logs nor mails repeat it.
"""

import logging
import re
import traceback
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter


def frames(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([kind.__name__ if kind else "Error", *lines])


# What a log says besides of what an operator can mend.
HINTS = {
    "django.security.DisallowedHost": "(the browser was led to a host name that is none of ALLOWED_HOSTS)"
}
# The link of an invitation works until it is used, wherever it is read.
TOKEN = re.compile(r"^/join/[^/]+")


class FramesOnlyFormatter(logging.Formatter):
    """Formats a record as time, level, logger and path; of an exception the class and the frames."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        said = _asked(request) if isinstance(request, HttpRequest) else str(record.msg)
        status = getattr(record, "status_code", "")
        hint = HINTS.get(record.name, "")
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {said} {status} {hint}".rstrip()
        if record.exc_info and record.exc_info[0]:
            line += "\n" + frames(record.exc_info[0], record.exc_info[2])
        return line


def _asked(request: HttpRequest) -> str:
    return f"{request.method} {TOKEN.sub('/join/…', request.path)}"


class FramesOnly(ExceptionReporter):
    """The error page of the debug switch and the error mail: no variables, no values, no settings."""

    def get_traceback_text(self) -> SafeString:
        return mark_safe(frames(self.exc_type, self.tb))  # noqa: S308  # mailed as plain text

    def get_traceback_html(self) -> SafeString:
        return format_html("<pre>{}</pre>", frames(self.exc_type, self.tb))


class NoMail(BaseEmailBackend):
    """Where no mail server is set, mail is not sent; everything also works by link and QR code."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return 0


def csrf(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
