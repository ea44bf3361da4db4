"""What is refused about the vetting, each with a sentence that can be shown: none tells what happened."""

from django.utils.translation import gettext as _

from cases.applicants.refusals import ChangedMeanwhile, Refused


class EntryChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague changed this while you were writing. Nothing you typed is lost.")


class EntryStruck(Refused):
    def __str__(self) -> str:
        return _("A colleague struck this out in between. Nothing was saved.")
