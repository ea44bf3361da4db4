"""Why something about governments and groups cannot be done, each with a sentence that can be shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.relocation.models.governments import KNOWN_ALREADY
from cases.relocation.models.submissions import NOT_HANDED_IN

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


class NotAllSeen(Refused):
    def __str__(self) -> str:
        return _("You do not see everybody in this group. A colleague who sees all of them does this.")


class NobodyAgrees(Refused):
    def __str__(self) -> str:
        return _("Nobody in this group has agreed that a government is told, so there is nothing to freeze.")


class ChangedSince(Refused):
    """By pseudonym; the people are those whose case says something else now, who came, or who must not go."""

    def __init__(self, pseudonyms: Sequence[str]) -> None:
        self.pseudonyms = list(pseudonyms)

    def __str__(self) -> str:
        return _("This version is out of date: %(people)s. Freeze the dossier again and hand that in.") % {
            "people": ", ".join(self.pseudonyms)
        }


class HandedInAlready(Refused):
    def __str__(self) -> str:
        return _("This version was handed in already.")


class NotHandedIn(Refused):
    def __str__(self) -> str:
        return str(NOT_HANDED_IN)


class AnsweredAlready(Refused):
    def __str__(self) -> str:
        return _("The answer for this person was noted already. Load the page again.")


class NotOfTheGroup(Refused):
    def __str__(self) -> str:
        return _("This export is not of people of this submission, or not for a government.")
