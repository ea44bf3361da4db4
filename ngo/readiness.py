"""Why the program must not start, each reason as one sentence. Asked by the web server and by `run`."""

import os
import stat
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cases.staff.models import Organisation
from cases.staff.queries import organisation

SHORTEST_SECRET = 50


def reasons() -> list[str]:
    found = list(_of_the_database())
    if settings.PRODUCTION:
        found += [*_of_the_settings(), *_of_the_machine()]
    return found


def refuse_unless_ready() -> None:
    """Raise `ImproperlyConfigured` with all reasons, one a line."""
    if found := reasons():
        raise ImproperlyConfigured("This does not start:\n" + "\n".join(f"- {reason}" for reason in found))


def _of_the_database() -> Iterator[str]:
    """A database keeps its kind for ever: neither mode serves the other's."""
    us = organisation()
    if us is None and settings.PRODUCTION:
        yield "No organisation is set up yet: call `make manage DO=setup_organisation` first."
    if us is not None and settings.PRODUCTION and us.kind == Organisation.Kind.DEMO:
        yield "The database was made for the demo and stays a demo: production needs a database of its own."
    if us is not None and settings.DEMO and us.kind == Organisation.Kind.REAL:
        yield "The database belongs to a real organisation: set SAFE_CONDUCT_MODE=production."


def _of_the_settings() -> Iterator[str]:
    given = settings.SECRET_KEY
    if given == "missing":
        yield "SECRET_KEY is missing."
    elif len(given) < SHORTEST_SECRET or len(set(given)) < 10 or "demo" in given:
        yield f"SECRET_KEY is weak: it needs at least {SHORTEST_SECRET} random characters."
    if settings.DEBUG:
        yield "The debug switch is on: unset DEBUG."
    if not settings.SECOND_FACTOR_REQUIRED:
        yield "No second factor is required: unset SECOND_FACTOR_REQUIRED."
    if not settings.HTTPS:
        yield "HTTPS is off: cookies, and with them what is unlocked, would travel in the clear: unset HTTPS."
    if not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is missing: name the host people reach the program at."
    elif "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS lets in every name: invitations would lead wherever a forged one points."


def _of_the_machine() -> Iterator[str]:
    if os.geteuid() == 0:
        yield "It runs as root: start it as an ordinary user."
    for path, name in (
        (settings.PEPPER_FILE, "pepper file"),
        (settings.ORGANISATION_KEY_FILE, "organisation key"),
    ):
        if not path.is_file():
            yield f"The {name} {path} is missing."
    if settings.PEPPER_FILE.is_file() and settings.PEPPER_FILE.stat().st_mode & 0o077:
        yield f"The pepper file {settings.PEPPER_FILE} can be read by others: chmod 600."
    if settings.VAR_DIR.is_dir() and settings.VAR_DIR.stat().st_mode & stat.S_IROTH:
        yield f"The state folder {settings.VAR_DIR} can be read by everybody: chmod 700."
