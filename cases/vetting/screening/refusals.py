"""What is refused about lists and screenings, each with a sentence that can be shown: none carries a name."""

from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused


class ListUnderWay(Refused):
    def __str__(self) -> str:
        return _("This list is being taken in right now. Wait until it is done; nothing was changed.")
