"""Why a case cannot be closed or kept as asked, each with a sentence that can be shown."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class StillOpen(Refused):
    def __str__(self) -> str:
        return _("This case is under way: it is kept, and nobody has to decide about it.")


class NoEnding(Refused):
    def __str__(self) -> str:
        return _("This case does not end this way.")


class ContactLater(Refused):
    def __str__(self) -> str:
        return _("The case knows of a later contact already.")
