"""Everything that may be refused about accounts, roles and teams, each with a sentence to show."""

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.staff.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """Not done; `str()` of it is the sentence to show."""

    sentence: ClassVar["_StrPromise"]

    def __str__(self) -> str:
        return str(self.sentence)


class UsernameTaken(Refused):
    sentence = _("Somebody has this user name already. Choose another one.")


class FullNameTaken(Refused):
    sentence = _("Another colleague is called so, or nearly so. Add something that tells you apart.")


class TeamNameTaken(Refused):
    sentence = _("There is a team of this name already.")


class RolesClash(Refused):
    """Two roles that nobody may hold together."""

    def __init__(self, pair: frozenset[Role]) -> None:
        super().__init__()
        self.pair = pair

    def __str__(self) -> str:
        first, second = sorted(str(role.label) for role in self.pair)
        return gettext("Nobody may hold these two roles together: %(first)s, %(second)s.") % {
            "first": first,
            "second": second,
        }


class OwnRoles(Refused):
    sentence = _("Nobody changes their own roles. Ask another administrator.")


class OwnAccount(Refused):
    sentence = _("Nobody closes their own account. Ask another administrator.")


class LastAdministrator(Refused):
    sentence = _(
        "This is the last administrator of accounts without an end date. Give the role to somebody else first."
    )


class AlreadyOver(Refused):
    sentence = _("This day has passed. Choose a later one.")


class LinkEnded(Refused):
    sentence = _("This link was used already, or is too old. Ask the administrator for a new one.")


class AlreadyJoined(Refused):
    sentence = _("This account is in use already. Make a link for a lost password or a lost second factor.")


class NotActive(Refused):
    sentence = _("This account is closed.")


class TooFewHolders(Refused):
    sentence = _("Choose at least two, so that a name can be opened when one of them is away or loses a key.")


class HolderMayNotOpen(Refused):
    sentence = _("Only colleagues whose role lets them open names can hold them.")


class DeputyUnfit(Refused):
    sentence = _("Choose another active colleague who is not away as deputy.")


class NotByYourself(Refused):
    sentence = _("This takes somebody else.")


class AlreadyFrozen(Refused):
    sentence = _("This account is frozen already, or waits for a second colleague to confirm.")


class TooManyFreezes(Refused):
    sentence = _("You have frozen two accounts within a day. Ask another colleague to freeze this one.")


class FreezeOver(Refused):
    sentence = _("This was answered already, or its day is over.")


class NeedsAnAnswerer(Refused):
    sentence = _(
        "One of the two has to be an administrator, a director or a coordinator. Ask one of them to do this."
    )


class NoRole(Refused):
    sentence = _("You have no role at the moment: this takes colleagues who have one.")


class LiftAskedAlready(Refused):
    sentence = _("Somebody asked for it already; another colleague approves.")


class AlreadyTravelling(Refused):
    sentence = _("The travel mode is on already.")


class NotTravelling(Refused):
    sentence = _("The travel mode is off already.")


class NoAddress(Refused):
    def __str__(self) -> str:
        return str(_("There is no e-mail address in your account. Write it there first."))
