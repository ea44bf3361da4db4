"""What the desk may refuse, each with a sentence that can be shown."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


class Refused(Exception):
    """Not done; `str()` of it is the sentence to show."""


class UnknownColumns(Refused):
    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))

    def __str__(self) -> str:
        return _("There is no such column: %(names)s.") % {"names": ", ".join(self.names)[:200]}


class NameTooShort(Refused):
    def __str__(self) -> str:
        return _("Type at least three letters of the name.")


class BreachClosed(Refused):
    def __str__(self) -> str:
        return _("This is settled and stays as it is written.")


class NotLater(Refused):
    def __str__(self) -> str:
        return _("The clock cannot start later than it does: it began when somebody here knew.")


class InTheFuture(Refused):
    def __str__(self) -> str:
        return _("This moment has not come yet.")


class NotBefore(Refused):
    def __str__(self) -> str:
        return _("This is before it was noticed.")


class NotDecided(Refused):
    def __str__(self) -> str:
        return _("First decide whether the authority is notified, and if so, write down when it was.")


class PeopleNotWarned(Refused):
    def __str__(self) -> str:
        return _("Some people have not been warned yet. Tick each with what was tried.")


class WarnedAlready(Refused):
    def __str__(self) -> str:
        return _("A colleague has ticked this already.")


class FilterNameTaken(Refused):
    def __str__(self) -> str:
        return _("A saved filter is already called so. Choose another name, or remove the old one first.")


class NothingToSave(Refused):
    def __str__(self) -> str:
        return _("Filter the list first: there is nothing to save yet.")


class TooManyRows(Refused):
    def __init__(self, number: int, most: int) -> None:
        self.number, self.most = number, most

    def __str__(self) -> str:
        said = {"number": self.number, "most": self.most}
        return _("The list has %(number)s cases; at most %(most)s go this way. Filter it first.") % said


class PeriodTold(Refused):
    def __str__(self) -> str:
        return _(
            "Figures of these days have left the house already, for this period or for another that overlaps with it. "
            "Out of both, small numbers could be reckoned."
        )


class PeriodAsked(Refused):
    def __str__(self) -> str:
        return _("Somebody has asked for this period already.")


class PeriodNotOver(Refused):
    def __str__(self) -> str:
        return _("This period is not over yet.")


class AnsweredAlready(Refused):
    def __str__(self) -> str:
        return _("This was answered already.")


class ApprovedByAnother(Refused):
    def __str__(self) -> str:
        return _("Two people let figures out: somebody else approves what you asked for.")


class FiguresChanged(Refused):
    def __str__(self) -> str:
        return _("The figures have changed since you looked. Look again, then approve.")
