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


class TaskChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague changed this task while you were writing. Nothing you typed is lost.")


class CannotUndo(Refused):
    def __str__(self) -> str:
        return _(
            "This cannot be undone any more: too much time has passed, or somebody went on from there. Nothing was changed."
        )


class SealedMeanwhile(Refused):
    """`version`: how often it is sealed now."""

    def __init__(self, version: int, who: str) -> None:
        self.version, self.who = version, who

    def __str__(self) -> str:
        return _(
            "%(who)s sealed this anew while you were writing. Nothing you typed is lost. Look at what is sealed now, or save again, and yours takes its place."
        ) % {"who": self.who}


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
        return _("You work on this case only until a set day. Ask its owner to share it, or to take it back.")


class AskerDoesNotSee(Refused):
    def __str__(self) -> str:
        return _(
            "Nothing was given: this colleague does not see the case any more. Refuse, or share the case first."
        )


class HoldsNotBoth(Refused):
    def __str__(self) -> str:
        return _(
            "Only who works on two different cases without an end, and can open both names, can say that they are one person."
        )


class AlreadyMerged(Refused):
    def __str__(self) -> str:
        return _("A colleague has merged these cases, or taken them apart, in between. Nothing was changed.")


class BeingErasedOrAsked(Refused):
    def __str__(self) -> str:
        return _("One of these cases is to be erased. Withdraw that first, or wait until it is done.")


class HandedAlready(Refused):
    def __str__(self) -> str:
        return _("Somebody has handed this case over in between. Nothing was changed.")


class NotInHousehold(Refused):
    def __str__(self) -> str:
        return _("This person belongs to no household.")


class NobodyLeads(Refused):
    def __str__(self) -> str:
        return _(
            "Choose who is the principal applicant of those who stay. If you do not see that person, ask a colleague who does."
        )


class SameHousehold(Refused):
    def __str__(self) -> str:
        return _("These two already belong to the same household.")


class TooManyAtOnce(Refused):
    def __str__(self) -> str:
        return _("At most five people are erased at once. Ask for the others separately.")


class AlreadyAsked(Refused):
    def __str__(self) -> str:
        return _("This was asked for already and waits for a colleague.")


class AlreadyAnswered(Refused):
    def __str__(self) -> str:
        return _("This was answered already.")


class NotByYourself(Refused):
    def __str__(self) -> str:
        return _("Two people erase: a colleague approves what you asked for.")


class OnHold(Refused):
    def __init__(self, pseudonyms: Iterable[str]) -> None:
        self.pseudonyms = sorted(pseudonyms)

    def __str__(self) -> str:
        said = {"pseudonym": ", ".join(self.pseudonyms)}
        return _("%(pseudonym)s must be kept: a legal hold stands. Nothing was erased.") % said


class ClockJumped(Refused):
    def __str__(self) -> str:
        return _(
            "The clock of the server does not fit what was recorded before, so nothing is erased. Ask who runs the "
            "server to look at it; a day after it stands right again, erasing works again."
        )


class BeingErased(Refused):
    def __str__(self) -> str:
        return _("Two people have approved that this case is erased: it cannot be held any more.")


class EndedByAnother(Refused):
    def __str__(self) -> str:
        return _("You set this hold yourself: a colleague has to end it.")


class NoHold(Refused):
    def __str__(self) -> str:
        return _("No hold stands on this case any more.")


class HeldAlready(Refused):
    def __str__(self) -> str:
        return _("A hold stands on this case already.")


class NobodyElsewhere(Refused):
    def __str__(self) -> str:
        return _(
            "Your team has fewer than two colleagues elsewhere who could open this name, so nothing was sent. "
            "Ask a coordinator to choose two name holders for the team."
        )


class TakenOver(Refused):
    def __str__(self) -> str:
        return _("A colleague has gone on with this case. Tell them what has changed; nothing was sent.")


class MentionRefused(Refused):
    """Who is mentioned in a note cannot be told; the sentence belongs beside the note."""


class NotOnTheCase(MentionRefused):
    def __init__(self, usernames: Iterable[str]) -> None:
        self.usernames = sorted(usernames)

    def __str__(self) -> str:
        return _(
            "Does not see this case: %(colleagues)s. Share it with them first, or leave out the @. Nothing was saved."
        ) % {"colleagues": ", ".join(f"@{name}" for name in self.usernames)}


class NobodyOfThatName(MentionRefused):
    """What was typed is not repeated: it may be a handle of the person."""

    def __str__(self) -> str:
        return _(
            "After an @ belongs the user name of a colleague. A handle of the person belongs on the contact card. Nothing was saved."
        )


class ConsentOver(Refused):
    def __str__(self) -> str:
        return _("This is withdrawn already.")
