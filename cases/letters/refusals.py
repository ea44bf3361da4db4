"""Why a letter cannot be written, each with a sentence that can be shown: by pseudonym, without a name."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class NotKnown(Refused):
    """`codes` are placeholders of which nothing is known: they have to be typed."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = list(codes)

    def __str__(self) -> str:
        return _("Not everything that the letter needs is known. Type it here: it is not kept.")


class NoLeave(Refused):
    def __str__(self) -> str:
        return _("The person does not agree that the case is kept, so nothing of it leaves.")
