"""What a vetting may refuse, each with a sentence that can be shown: none carries a name or what happened."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused


class MayNotVote(Refused):
    def __init__(self, why: str) -> None:
        self.why = why

    def __str__(self) -> str:
        return self.why


class ChecksMissing(Refused):
    """`names`: the needed checks without an answer that counts today."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def __str__(self) -> str:
        return _("Support needs an answer to: %(checks)s. “Not now” and “decline” do not.") % {
            "checks": ", ".join(self.names)
        }


class NothingToConfirm(Refused):
    def __str__(self) -> str:
        return _("There is no earlier vote of yours that could still hold. Choose anew.")


class ConflictKnown(Refused):
    def __str__(self) -> str:
        return _("This conflict of interest is written down already.")


class ConflictIsOwn(Refused):
    def __str__(self) -> str:
        return _("Somebody else ends your conflict of interest: the owner of the case or a coordinator.")
