from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from cases.staff.models import User
from cases.vault.models import Keyring
from cases.vault.queries import unconfirmed


class Command(BaseCommand):
    help = "List the accounts: user name, roles, and what state the account and its key are in."

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.order_by("-is_active", "username").prefetch_related("role_grants")
        keyrings = {keyring.user_id: keyring for keyring in Keyring.objects.select_related("user")}
        rows = [
            ("user name", "roles", "account", "key"),
            *(_row(user, keyrings.get(user.pk)) for user in people),
        ]
        widths = [max(len(row[at]) for row in rows) for at in range(4)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())


def _row(user: User, keyring: Keyring | None) -> tuple[str, str, str, str]:
    roles = ", ".join(sorted(role.value for role in user.roles)) if user.is_active else ""
    return user.username, roles or "-", ", ".join(_states(user)), _key(keyring)


def _states(user: User) -> Iterator[str]:
    yield "open" if user.is_active else "closed"
    if user.frozen_at:
        yield "frozen"
    if user.travelling_since:
        yield "travels"


def _key(keyring: Keyring | None) -> str:
    if keyring is None:
        return "none yet"
    return "words not compared" if unconfirmed(keyring) else "known"
