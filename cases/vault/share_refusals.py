"""What may be wrong with the paper shares of the organisation key, as they are typed."""

from django.utils.translation import gettext_lazy as _

from cases.vault.refusals import Refused, WrongCount


class TooFewShares(Refused):
    sentence = _("Too few shares: %(found)d of %(needed)s. Nothing was opened and nothing was changed.")

    def __init__(self, found: int, needed: int) -> None:
        super().__init__()
        self.found, self.needed = found, needed

    def __str__(self) -> str:
        return str(self.sentence) % {"found": self.found, "needed": self.needed or "?"}


class ShareWordUnknown(Refused):
    sentence = _("Word %(position)d of this share is not in the list of shares. Look for a typing error.")

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position

    def __str__(self) -> str:
        return str(self.sentence) % {"position": self.position}


class ShareWrongLength(WrongCount):
    sentence = _("A share has %(expected)d words, and there are %(found)d.")


class ShareDamaged(Refused):
    sentence = _("A word of this share is wrong or in the wrong place: its checksum does not fit.")


class ShareTwice(Refused):
    sentence = _("This share was typed already. Take another one.")


class ShareOfAnotherKey(Refused):
    sentence = _("This share belongs to another key than the ones before it.")


class SharesDoNotFit(Refused):
    sentence = _("These shares do not fit together. Nothing was opened and nothing was changed.")


class SharesOfAnotherOrganisation(Refused):
    sentence = _(
        "These shares make another organisation key than the one that is needed here. Nothing was changed."
    )
