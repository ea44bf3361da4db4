"""Why an alarm or a risk cannot be changed as asked, each with a sentence that can be shown."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class AlarmStands(Refused):
    def __str__(self) -> str:
        return _("This alarm was raised already and is not ended. Its tasks stand in the case.")


class EndedAlready(Refused):
    def __str__(self) -> str:
        return _("A colleague has ended this already.")
