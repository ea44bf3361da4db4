"""What is refused about papers, each with a sentence that can be shown: none carries a number or a name."""

from django.utils.translation import gettext as _

from cases.applicants.refusals import ChangedMeanwhile, Refused


class PaperChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague changed this paper while you were writing. Nothing you typed is lost.")


class PaperStruck(Refused):
    def __str__(self) -> str:
        return _(
            "A colleague struck this paper out in between. Nothing was saved; if it exists after all, add it anew."
        )


class HoldsPapers(Refused):
    def __str__(self) -> str:
        return _("There is a paper in the list already. Strike it out first, if it was entered by mistake.")
