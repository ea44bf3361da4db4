"""What a vetting may refuse, each with a sentence that can be shown: none carries a name or what happened."""

from django.utils.translation import gettext as _

from cases.applicants.refusals import ChangedMeanwhile, Refused


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
