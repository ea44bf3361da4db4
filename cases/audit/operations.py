from typing import Protocol

from django.db import connection, transaction

from cases.audit.heads import EVERY, write_head


class Actor(Protocol):
    username: str


def record(action: str, *, by: Actor | None, about: str = "", detail: str = "") -> int:
    """Append one row and return its number; `by=None` is the system itself.

    Strings only, none of them a person's real name. Called last in an operation, inside its transaction: the row and
    the deed come together or not at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (actor, action, about, detail) VALUES (%s, %s, %s, %s) RETURNING id, hash",
            [by.username if by else "system", action, about, detail],
        )
        number, digest = cursor.fetchone()
    if number % EVERY == 0:
        transaction.on_commit(lambda: write_head(number, digest))
    return int(number)
