"""What the desk may refuse, each with a sentence that can be shown."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


class Refused(Exception):
    """Not done; `str()` of it is the sentence to show."""


class UnknownColumns(Refused):
    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))

    def __str__(self) -> str:
        return _("There is no such column: %(names)s.") % {"names": ", ".join(self.names)[:200]}


class NameTooShort(Refused):
    def __str__(self) -> str:
        return _("Type at least three letters of the name.")
