"""What the case file may refuse, each with a sentence that can be shown: none carries a name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Said beside the field for the reason, wherever there is one.
SAY_WHY = gettext_lazy("Say why; it stays in the timeline.")


class Refused(Exception):
    """The case file says no; `str()` of it is the sentence to show."""


class PseudonymTaken(Refused):
    def __init__(self, pseudonyms: Iterable[str]) -> None:
        self.pseudonyms = sorted(pseudonyms)

    def __str__(self) -> str:
        return _("This pseudonym was given to somebody else already: %(pseudonym)s.") % {
            "pseudonym": ", ".join(self.pseudonyms[:5])
        }


class PseudonymTells(Refused):
    """A pseudonym stands in clear: it must hold no part of the name. It is not repeated here."""

    def __str__(self) -> str:
        return _("A pseudonym holds a part of the name. Choose another one; nothing was saved.")


class IdTaken(Refused):
    def __str__(self) -> str:
        return _("This form belongs to another case. Open it again; nothing was saved.")


class NobodyCanOpen(Refused):
    def __str__(self) -> str:
        return _(
            "Nobody could open this name afterwards: set up your own vault, or let the team choose a colleague who has one."
        )


class ChangedMeanwhile(Refused):
    """Somebody saved the same form in between; `now` is what is saved."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        self.now = dict(now)

    def __str__(self) -> str:
        return _("A colleague changed this case while you were writing. Nothing you typed is lost.")


class StageBlocked(Refused):
    """Sentences that say what is missing, by pseudonym."""

    def __init__(self, obstacles: Mapping[str, list[str]]) -> None:
        self.obstacles = dict(obstacles)

    @property
    def needs_reason(self) -> bool:
        return any(str(SAY_WHY) in sentences for sentences in self.obstacles.values())

    @property
    def besides(self) -> str:
        """What is missing besides a reason."""
        return self._said(without=str(SAY_WHY))

    def __str__(self) -> str:
        return self._said()

    def _said(self, *, without: str = "") -> str:
        return " ".join(
            _("%(label)s: %(value)s") % {"label": pseudonym, "value": sentence}
            for pseudonym, sentences in self.obstacles.items()
            for sentence in sentences
            if sentence != without
        )


class OwnerKeepsAccess(Refused):
    def __str__(self) -> str:
        return _(
            "The owner and the owner's team see the case as long as they own it. Choose another owner first."
        )


class GuestsDoNotShare(Refused):
    def __str__(self) -> str:
        return _("You see this case as a guest. Ask its owner to share it, or to take it back.")


class NotInHousehold(Refused):
    def __str__(self) -> str:
        return _("This person belongs to no household.")


class SameHousehold(Refused):
    def __str__(self) -> str:
        return _("These two already belong to the same household.")
