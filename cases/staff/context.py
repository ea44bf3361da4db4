from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cases.staff.models import User
from cases.staff.navigation import ShownSection, sections_for
from cases.staff.queries import is_demo
from cases.staff.roles import Role


@dataclass
class Frame:
    """What stands around every page; each part is read only where a template asks for it."""

    request: HttpRequest

    @property
    def person(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def away(self) -> bool:
        return self.person is not None and self.person.is_away

    @cached_property
    def sections(self) -> list[ShownSection]:
        return sections_for(self.person, self.request) if self.person else []

    @cached_property
    def demo(self) -> bool:
        return settings.DEMO and is_demo()

    @property
    def demo_accounts(self) -> list[tuple[Any, list[str]]]:
        """The accounts of the demo, each with its roles in words."""
        return [
            (account, [str(Role(role).label) for role in account.roles]) for account in settings.DEMO_ACCOUNTS
        ]

    @property
    def factor_required(self) -> bool:
        return bool(settings.SECOND_FACTOR_REQUIRED)


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
