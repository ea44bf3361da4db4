"""Everything the vault may refuse, each with a sentence to show that carries no secret and no name."""

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """The vault says no; `str()` of it is the sentence to show."""

    sentence: ClassVar["_StrPromise"]

    def __str__(self) -> str:
        return str(self.sentence)


class NotUnlocked(Refused):
    sentence = _("Your vault is locked. Unlock it and try again; nothing was lost.")


class NotGranted(Refused):
    sentence = _("You cannot open this. Ask a colleague who can.")


class NotComparedYourself(Refused):
    sentence = _(
        "Your own key is not known yet. First let a colleague whose key is known compare the words of yours; the first one of all asks who runs the server."
    )


class NothingToTakeBack(Refused):
    sentence = _("Nothing waits for earlier words: what they opened is open to you again, or was ended.")


class GuestTimeOver(Refused):
    sentence = _(
        "The day until which this was asked for is over. Refuse it; your colleague can be invited anew."
    )


class GuestsDoNotGive(Refused):
    sentence = _(
        "You can open this as a guest until a set day; giving it to others is up to those who hold it."
    )


class NoReason(Refused):
    sentence = _("Say why you are opening this.")


class ReaderHasNoKey(Refused):
    sentence = _("This colleague has no vault yet, or may not use it: nothing can be sealed for them.")


class Frozen(Refused):
    sentence = _("This account is frozen: nothing new is sealed for it until two colleagues let it in again.")


class KeyNotBelieved(Refused):
    sentence = _(
        "A key in the database was not made by this system. Nothing was sealed or opened; tell the administrator."
    )


class KeyNotConfirmed(Refused):
    """The colleague started over: somebody compares the words of the new key with them before it is used."""

    sentence = _("This colleague has a new key. Compare its words with them by voice first.")

    def __init__(self, user_id: int) -> None:
        super().__init__()
        self.user_id = user_id


class WordsDiffer(Refused):
    sentence = _("These are not the words of the present key. Reload the page and compare again.")


class TooFewHolders(Refused):
    sentence = _("Fewer than two people could open this afterwards. Give access to somebody else first.")


class AlreadyHeld(Refused):
    sentence = _("This person can open it already.")


class AlreadyAnswered(Refused):
    sentence = _("This request has been answered already.")


class AlreadySetUp(Refused):
    sentence = _("You have a vault already.")


class NotSetUp(Refused):
    sentence = _("You have no vault yet.")


class WrongPassphrase(Refused):
    sentence = _("These words do not open your vault.")


class TooManyTries(Refused):
    sentence = _("Too many wrong tries. You were logged out; try again in fifteen minutes.")


class UnknownWord(Refused):
    sentence = _("Word %(position)d is not in the list. Look for a typing error.")

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position

    def __str__(self) -> str:
        return str(self.sentence) % {"position": self.position}


class WrongCount(Refused):
    sentence = _("There should be %(expected)d words, and there are %(found)d.")

    def __init__(self, expected: int, found: int) -> None:
        super().__init__()
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return str(self.sentence) % {"expected": self.expected, "found": self.found}


class Busy(Refused):
    sentence = _("Too many colleagues are unlocking at this moment. Try again in a few seconds.")


class DoesNotOpen(Refused):
    sentence = _(
        "This does not open: it was damaged, or it was moved here from elsewhere. Tell the administrator."
    )


class SafeMoved(DoesNotOpen):
    sentence = _(
        "What is sealed here was made for another case. Nothing was opened or sealed; tell the administrator."
    )


class NoOrganisationKey(Refused):
    sentence = _("The organisation key has not been made yet: run setup_organisation first.")


class OrganisationKeyDiffers(Refused):
    sentence = _(
        "The organisation key in the database is not the one in its file. Nothing is sealed until they agree."
    )


class OrganisationKeyExists(Refused):
    sentence = _("There is an organisation key already; a second one would leave two halves that do not fit.")


class NoPepper(Refused):
    sentence = _(
        "The pepper file is missing, damaged or readable by others. The vault stays closed without it."
    )


class NotInMemory(Refused):
    sentence = _(
        "The run-time folder does not lie in memory (tmpfs): keys would reach a disk. Nobody can unlock."
    )


class NotPrivate(Refused):
    sentence = _("The run-time folder belongs to somebody else or is open to others. Nobody can unlock.")


class PepperOfAnother(Refused):
    sentence = _("This pepper does not belong to these data. Nothing was changed.")


class NothingLost(Refused):
    sentence = _("Nothing is lost that this colleague could open. Nothing was changed.")


class NotOfficer(Refused):
    sentence = _("Only a duty officer can do this.")


class TooFewOfficers(Refused):
    sentence = _("There must be two duty officers at least, or none. Nothing was changed.")


class OfficersOutdated(Refused):
    sentence = _(
        "What was sealed to the duty officers does not fit their present keys. They are named again at the terminal, with the paper shares."
    )


class DutyOver(Refused):
    sentence = _("This was answered already, withdrawn, or has waited too long. Ask again.")


class NotByYourself(Refused):
    sentence = _("Two duty officers do this together, and for somebody else: another one has to approve.")


class BudgetSpent(Refused):
    """So many different people were opened today; `number` is how many that is."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def __str__(self) -> str:
        said = ngettext(
            "You opened the name of %(number)s person today. A colleague can approve more.",
            "You opened the names of %(number)s people today. A colleague can approve more.",
            self.number,
        )
        return said % {"number": self.number}


class BudgetLeft(Refused):
    sentence = _("You can still open names today. Ask when none is left.")


class NotYoursToAnswer(Refused):
    sentence = _("Another colleague answers this: one who has a vault that the others know.")


class WishOver(Refused):
    sentence = _("This was answered already, or asked on another day.")


class InterviewRunning(Refused):
    sentence = _("You are in an interview already. End it first, at the top of the page.")


class LedgerUnusable(Refused):
    sentence = _(
        "The ledger of erasures beside the backups cannot be read or written, so nothing is erased. Ask who runs the server."
    )


class LedgerForged(Refused):
    """A line that this system did not write, or that does not follow the one before it."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        return gettext(
            "Line %(number)d of the ledger of erasures was not written by this system, or a line before it is missing."
        ) % {"number": self.number}


class PasskeyRefused(Refused):
    sentence = _(
        "This passkey did not answer as it should, so nothing was opened. Try again, or use your words."
    )


class PasskeysOff(Refused):
    sentence = _("This installation unlocks with words only.")


class TooManyPasskeys(Refused):
    sentence = _("You have five passkeys for the vault already. Remove one first.")
