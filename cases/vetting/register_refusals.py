"""What the registers of the vetting refuse, each with a sentence that can be shown."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.applicants.refusals import ChangedMeanwhile, Refused


class EntryChangedMeanwhile(ChangedMeanwhile):
    def __str__(self) -> str:
        return _("A colleague changed this entry while you were writing. Nothing you typed is lost.")


class EntryGone(Refused):
    def __str__(self) -> str:
        return _("A colleague struck this entry out or merged it in between. Nothing was saved.")


class UnitExists(Refused):
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return _("The register has this unit already: %(name)s.") % {"name": self.name}


class UnitCircle(Refused):
    def __str__(self) -> str:
        return _("A unit cannot be a part of itself, nor of one of its own parts. Choose another parent.")


class OneIsPartOfTheOther(Refused):
    def __str__(self) -> str:
        return _("One of these units is a part of the other, so they are not the same. Nothing was merged.")


class CopyNotKept(Refused):
    """Why a file is not kept as an archived copy."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __str__(self) -> str:
        return self.why


class SourceKnown(Refused):
    def __str__(self) -> str:
        return _("This source stands here already.")


class NothingChosen(Refused):
    def __init__(self, lines: Iterable[int] = ()) -> None:
        self.lines = list(lines)

    def __str__(self) -> str:
        return _("Nothing in this file is chosen, or all of it is in the register already.")
