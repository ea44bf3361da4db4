"""What the login must be able to read again, encrypted under the secret key: second factors, and the sessions table.

Not the vault: whoever has the server has the secret key. It keeps these out of a dump and a backup of the database.
"""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _box(purpose: str) -> MultiFernet:
    """The newest secret key encrypts; those before it still decrypt."""
    secrets = [str(it) for it in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    keys = [
        HKDF(SHA256(), 32, None, f"safe-conduct/{purpose}".encode()).derive(it.encode()) for it in secrets
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def encrypt(text: str, *, purpose: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def decrypt(text: str, *, purpose: str) -> str:
    return _box(purpose).decrypt(text).decode()


class SessionSerializer:
    """Named in the settings: a session holds a second factor while it is being set up."""

    def dumps(self, session: dict[str, Any]) -> bytes:
        return encrypt(json.dumps(session), purpose="session").encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(decrypt(data.decode(), purpose="session"))
