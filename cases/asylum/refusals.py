"""Why something about a claim cannot be done as asked, each with a sentence that can be shown."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused


class OfAParent(Refused):
    def __str__(self) -> str:
        return _("A minor has no claim alone: it is attached to the claim of a parent.")


class NoMinor(Refused):
    def __str__(self) -> str:
        return _("Only a minor of the household can be attached; an adult claims alone.")


class NotYet(Refused):
    def __init__(self, needed: Iterable[str]) -> None:
        self.needed = list(needed)

    def __str__(self) -> str:
        return _("Note this first: %(steps)s.") % {"steps": _(" or ").join(self.needed)}


class Stands(Refused):
    def __str__(self) -> str:
        return _("This step is noted already. Take it back to correct its day.")


class TooEarly(Refused):
    def __str__(self) -> str:
        return _("This day lies before the step on which it rests.")


class TooLate(Refused):
    def __str__(self) -> str:
        return _("OFPRA has decided: after that a claim is neither withdrawn nor closed there.")


class Stopped(Refused):
    def __str__(self) -> str:
        return _(
            "The claim was withdrawn or closed. Note first that it was reopened, or take that step back."
        )


class Carries(Refused):
    def __init__(self, resting: Iterable[str]) -> None:
        self.resting = list(resting)

    def __str__(self) -> str:
        return _("Later steps rest on this one. Take these back first: %(steps)s.") % {
            "steps": ", ".join(self.resting)
        }


class Followed(Refused):
    def __str__(self) -> str:
        return _("A re-examination follows this claim, so it stays as it is.")


class NotEnded(Refused):
    def __str__(self) -> str:
        return _("A re-examination follows a claim that was rejected, withdrawn or closed. This one is not.")


class AppealRuns(Refused):
    def __init__(self, until: date) -> None:
        self.until = until

    def __str__(self) -> str:
        return _("The appeal is possible until %(day)s. A re-examination comes after it.") % {
            "day": date_format(self.until)
        }


class NotOpen(Refused):
    def __str__(self) -> str:
        return _("This deadline is not open on this claim.")


class WhyMoved(Refused):
    def __str__(self) -> str:
        return _("Say why the day is moved; the old one stays to be seen.")
