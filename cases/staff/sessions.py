"""What we keep in a session, by name, and the table of sessions, which holds no key that lets anybody in."""

from hashlib import blake2b
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

LOGIN_AT = "login_at"
JOINING = "joining"
BROWSER = "browser"


def digest(session_key: str) -> str:
    """What the row of a session is called: 40 characters, as the column holds, from the key in the cookie."""
    return blake2b(session_key.encode(), digest_size=20).hexdigest()


class SessionStore(db.SessionStore):
    """Django's sessions in the database, except that a row is known by the digest of its key.

    With Django's own store the row's key is the cookie: whoever reads a dump or a backup is logged in.
    """

    # Django's store asks the database anew in each of these; those of the base call the others in a thread.
    aload, asave, acreate = SessionBase.aload, SessionBase.asave, SessionBase.acreate
    aexists, adelete = SessionBase.aexists, SessionBase.adelete

    def load(self) -> dict[str, Any]:
        living = Session.objects.filter(expire_date__gt=timezone.now())
        row = living.filter(session_key=digest(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(digest(key))
