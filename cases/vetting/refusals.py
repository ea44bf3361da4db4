"""What is refused about a vetting, each with a sentence that can be shown: none tells who it is or what happened."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.applicants.refusals import ChangedMeanwhile, Refused


class EntryChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague changed this while you were writing. Nothing you typed is lost.")


class PeriodChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _(
            "A colleague changed this entry while you were writing. Nothing you typed is lost: if you save again, it takes the place of theirs."
        )


class EntryStruck(Refused):
    def __str__(self) -> str:
        return _(
            "A colleague struck this entry out in between. Nothing was saved; if it is right after all, add it anew."
        )


class CheckChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague answered this check while you were writing. Nothing you typed is lost.")


class QuestionChangedMeanwhile(Refused):
    def __str__(self) -> str:
        return _(
            "A colleague wrote about this question while you were writing. Read it again; what you typed is still here."
        )


class NotWithQuestion(Refused):
    def __str__(self) -> str:
        return _("This cannot be done with the question any more: it was settled in between.")


class MayNotVote(Refused):
    def __init__(self, why: str) -> None:
        self.why = why

    def __str__(self) -> str:
        return self.why


class ChecksMissing(Refused):
    """`names`: the needed checks without an answer that counts today."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def __str__(self) -> str:
        return _("Support needs an answer to: %(checks)s. “Not now” and “decline” do not.") % {
            "checks": ", ".join(self.names)
        }


class NothingToConfirm(Refused):
    def __str__(self) -> str:
        return _("There is no earlier vote of yours that could still hold. Choose anew.")


class ConflictKnown(Refused):
    def __str__(self) -> str:
        return _("This conflict of interest is written down already.")


class ConflictIsOwn(Refused):
    def __str__(self) -> str:
        return _("Somebody else ends your conflict of interest: the owner of the case or a coordinator.")
