"""Why a leg cannot be changed as asked, each with a sentence that can be shown."""

from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused


class Elsewhere(Refused):
    def __str__(self) -> str:
        return _("A colleague has moved this leg along already. Open the journey again.")


class NoTicket(Refused):
    def __str__(self) -> str:
        return _("No ticket is booked. Note under “Change” that it is, or that none is needed.")


class ExitUnchecked(Refused):
    def __str__(self) -> str:
        return _("Nobody has checked whether the person may leave. Note the exit check under “Change” first.")


class TooSoon(Refused):
    def __str__(self) -> str:
        return _("This lies before the departure.")


class AnotherMustSay(Refused):
    def __str__(self) -> str:
        return _(
            "You planned this leg. Somebody else who met the person confirms it, or you note who else met the person."
        )


class NotOnThisCase(Refused):
    def __str__(self) -> str:
        return _("This colleague does not see the case. Share it first.")
