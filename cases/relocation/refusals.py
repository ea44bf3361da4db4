"""Why something about governments and groups cannot be done, each with a sentence that can be shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.relocation.models.governments import KNOWN_ALREADY

if TYPE_CHECKING:
    from cases.relocation.queries.households import Torn


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class KnownAlready(Refused):
    def __str__(self) -> str:
        return str(KNOWN_ALREADY)


class DoneAlready(Refused):
    def __str__(self) -> str:
        return _("A colleague has done this already.")


class NotADraft(Refused):
    def __str__(self) -> str:
        return _("This group is no draft any more, so nobody is added or taken out.")


class NoSuchStep(Refused):
    def __str__(self) -> str:
        return _("The group has moved on in between. Load the page again.")


class HouseholdApart(Refused):
    """It would tear a household apart: said once, and done when the answer says so."""

    def __init__(self, torn: "Sequence[Torn]") -> None:
        self.torn = list(torn)

    def __str__(self) -> str:
        return _("A household would be torn apart. Say below what is meant.")
