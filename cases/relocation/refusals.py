"""Why something about governments and groups cannot be done, each with a sentence that can be shown."""

from django.utils.translation import gettext as _

from cases.relocation.models.governments import KNOWN_ALREADY


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class KnownAlready(Refused):
    def __str__(self) -> str:
        return str(KNOWN_ALREADY)


class DoneAlready(Refused):
    def __str__(self) -> str:
        return _("A colleague has done this already.")
