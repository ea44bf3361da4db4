"""Why a file cannot be read: each reason a sentence that says what to do. None repeats what stands in the file."""

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Unreadable(Exception):
    sentence: ClassVar["_StrPromise"]

    def __str__(self) -> str:
        return str(self.sentence)


class Empty(Unreadable):
    sentence = gettext_lazy("There is nothing in this file.")


class NotASpreadsheet(Unreadable):
    sentence = gettext_lazy("This is no spreadsheet we can read. Save it as XLSX or CSV and choose it again.")


class OldOrLocked(Unreadable):
    sentence = gettext_lazy(
        "This spreadsheet is in the old XLS format or has a password. Save it as XLSX without a password and choose it again."
    )


class Broken(Unreadable):
    sentence = gettext_lazy(
        "This spreadsheet is damaged. Open it in your program, save it anew and choose it again."
    )


class UnknownEncoding(Unreadable):
    sentence = gettext_lazy(
        "The letters of this file cannot be read. Save it as CSV UTF-8 or as XLSX and choose it again."
    )


class UnfoldsTooLarge(Unreadable):
    sentence = gettext_lazy(
        "Unpacked, this spreadsheet is far too large. Copy the table alone into a new file and choose that."
    )


class TooLarge(Unreadable):
    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes

    def __str__(self) -> str:
        return _("This file is larger than %(megabytes)s MB. Split it and take the parts in one by one.") % {
            "megabytes": self.megabytes
        }


class TooManyRows(Unreadable):
    def __init__(self, most: int) -> None:
        self.most = most

    def __str__(self) -> str:
        return _("This file has more than %(most)s rows. Split it and take the parts in one by one.") % {
            "most": self.most
        }


class TooManyColumns(Unreadable):
    def __init__(self, most: int) -> None:
        self.most = most

    def __str__(self) -> str:
        return _("This file has more than %(most)s columns. Remove those that are not needed.") % {
            "most": self.most
        }


class BrokenQuotes(Unreadable):
    def __init__(self, line: int) -> None:
        self.line = line

    def __str__(self) -> str:
        return _(
            "A quotation mark is open or out of place at line %(line)s. Correct it, or save as XLSX."
        ) % {"line": self.line}
