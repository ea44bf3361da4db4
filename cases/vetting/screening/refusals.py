"""What is refused about lists and screenings, each with a sentence that can be shown: none carries a name."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused


class ListUnderWay(Refused):
    def __str__(self) -> str:
        return _("This list is being taken in right now. Wait until it is done; nothing was changed.")


class NoLists(Refused):
    def __str__(self) -> str:
        return _("No list was taken in yet, so there is nothing to compare with. Begin with the lists.")


class ListsFiledOtherwise(Refused):
    """A changed pepper, or other rules of names: the index would find nobody and say so with confidence."""

    def __init__(self, slugs: Sequence[str]) -> None:
        self.slugs = list(slugs)

    def __str__(self) -> str:
        return _(
            "These lists were filed by earlier rules or with another key, and would find nobody: %(lists)s. Take them in again first."
        ) % {"lists": ", ".join(self.slugs)}


class NoName(Refused):
    def __str__(self) -> str:
        return _("No name is sealed for this person, so there is nobody to look for.")


class NoReasonForDecision(Refused):
    def __str__(self) -> str:
        return _("Say why; without a reason a decision is worth nothing later.")


class PairGone(Refused):
    def __str__(self) -> str:
        return _(
            "This hit is no longer there: the person was screened again meanwhile. Open the result anew."
        )


class DecidedMeanwhile(Refused):
    def __str__(self) -> str:
        return _(
            "A colleague decided on this hit meanwhile. Nothing of theirs was overwritten; open the result anew to read it."
        )


class TooBusy(Refused):
    def __str__(self) -> str:
        return _("Colleagues are changing the same result again and again. Try once more in a moment.")
