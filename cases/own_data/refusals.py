"""Why a copy cannot be asked for or handed out, each with a sentence that can be shown."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class AskedAlready(Refused):
    def __str__(self) -> str:
        return _("The person has asked already, and has no answer yet.")


class HandedAlready(Refused):
    def __str__(self) -> str:
        return _("This copy was handed out already.")


class ExtendedAlready(Refused):
    def __str__(self) -> str:
        return _("It takes longer already; the law knows no third time.")


class HandedByAnother(Refused):
    def __str__(self) -> str:
        return _("Two people hand out a copy: somebody else does it than who noted the request.")


class CannotOpenAll(Refused):
    def __str__(self) -> str:
        return _(
            "This needs a colleague who can open the name, the account, and the names of the whole household: "
            "what is said of others is taken out by comparing it."
        )


class NotWhole(Refused):
    def __str__(self) -> str:
        return _("Something that is sealed does not open. Nothing was handed out.")
