"""Reads the environment. A value that makes no sense stops start-up with a sentence naming it."""

import hashlib
import os
from pathlib import Path

import pyrage
from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value in ("", "1", "yes", "true", "on", "0", "no", "false", "off"):
        return value in ("1", "yes", "true", "on") if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}; say 1 or 0.")


def one_of(name: str, *allowed: str) -> str:
    value = text(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; it can be {' or '.join(allowed)}.")
    return value


def number(name: str, default: int, *, least: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number of at least {least}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def recipients(name: str) -> list[str]:
    """Return public age keys, each of them asked whether it is one: a typing error would be found at night."""
    found = words(name)
    for key in found:
        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError as error:
            raise ImproperlyConfigured(f"{name} holds {key[:16]!r}, which is no public age key.") from error
    return found


def database(name: str, default: str) -> dict[str, object]:
    """Return Django's settings of the PostgreSQL database in the URL or conninfo string `name`."""
    try:
        parts = conninfo_to_dict(text(name, default))
    except ProgrammingError as error:
        raise ImproperlyConfigured(
            f"{name} is not a PostgreSQL address like postgresql://user@host/name."
        ) from error
    # The role may change its own default: a commit that was answered must survive a crash all the same.
    parts["options"] = f"{parts.get('options') or ''} -c synchronous_commit=on".strip()
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: parts.get(libpq) or "" for libpq, django in known.items()},
        "OPTIONS": {key: value for key, value in parts.items() if key not in known},
    }


def runtime_folder(var_dir: Path) -> Path:
    """Return the folder for what must never reach a disk: in memory (tmpfs), one for each user and state folder."""
    mark = hashlib.sha256(str(var_dir).encode()).hexdigest()[:12]
    for parent in (Path(f"/run/user/{os.getuid()}"), Path("/dev/shm")):  # noqa: S108  # in memory; the folder is our own
        if parent.is_dir() and os.access(parent, os.W_OK):
            return parent / f"safe-conduct-{os.getuid()}-{mark}"
    return var_dir / "runtime"


def site(name: str, hosts: list[str], *, secure: bool) -> str:
    """Return the address of the program without a slash at the end; without `name` the first host is believed."""
    host = hosts[0].lstrip(".") if hosts else "localhost"
    default = f"https://{host}" if secure else f"http://{host}:{text('PORT', '8000')}"
    address = text(name, default).rstrip("/")
    if not address.startswith(("https://", "http://")) or len(address.split("://")[1]) == 0:
        raise ImproperlyConfigured(f"{name} is {address!r}; write it like https://cases.example.org.")
    return address
