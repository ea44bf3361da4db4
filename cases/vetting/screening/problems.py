"""What may be wrong with a list, in sentences. None repeats what stands in the file."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Of one line; the line is left out.
LINES: dict[str, Promise] = {
    "no_id": gettext_lazy("It has no id."),
    "no_name": gettext_lazy("It has no name."),
    "not_json": gettext_lazy("It is no JSON."),
    "not_an_entity": gettext_lazy("It is no entity: id, schema and properties are expected."),
    "cells": gettext_lazy("It has another number of cells than the first line."),
    "not_csv": gettext_lazy("A quotation mark is open or out of place, or a cell is far too long."),
    "not_text": gettext_lazy("It is no UTF-8 text."),
    "unknown_op": gettext_lazy("It says to do something else than ADD, MOD or DEL."),
    "long_id": gettext_lazy("Its id is too long."),
}

# Of a whole file that is taken in all the same.
NOTES: dict[str, Promise] = {
    "unchecked": gettext_lazy("No index was given, so nothing says whether the file is whole."),
    "checked": gettext_lazy("The file is the one that the index speaks of: size and checksum agree."),
    "no_birth_date": gettext_lazy("The file has no column for birth dates: nobody can be told apart by age."),
    "no_dataset": gettext_lazy(
        "The file does not say which list an entry comes from: every hit is a lead until the list is classified."
    ),
    "no_aliases": gettext_lazy("The file has no column for other names."),
    "no_countries": gettext_lazy("The file has no column for countries."),
    "not_ended": gettext_lazy(
        "The file lacks more than half of the entries that were known. None was ended, in case it is cut off. "
        "If it is right, take it in again and say so."
    ),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    line: int
    code: str


class BadList(Exception):
    """The whole file is refused; `code` is kept, `str()` says it in the reader's language."""

    SENTENCES: dict[str, Promise] = {
        "empty": gettext_lazy("There is nothing in this file. Nothing was changed."),
        "unknown": gettext_lazy(
            "This is neither a table of targets (targets.simple.csv) nor JSON lines of entities. Nothing was changed."
        ),
        "nobody": gettext_lazy("No person stands in this file. Nothing was changed."),
        "no_columns": gettext_lazy(
            "The first line does not name the columns id and name. Nothing was changed."
        ),
        "bad_index": gettext_lazy(
            "The index cannot be read: it should be the index.json of the list. Nothing was changed."
        ),
        "not_in_index": gettext_lazy(
            "The index does not speak of a file of this name, so the file cannot be checked. Nothing was changed."
        ),
        "size_differs": gettext_lazy(
            "The file has another size than the index says: it is cut off, or index and file are of different days. "
            "Nothing was changed."
        ),
        "checksum_differs": gettext_lazy(
            "The checksum of the file is another one than the index says: it was damaged or altered, or is of another day. "
            "Nothing was changed."
        ),
        "other_rules": gettext_lazy(
            "This file holds changes only, and the list was filed by other rules. Take in the whole list. Nothing was changed."
        ),
        "interrupted": gettext_lazy(
            "It was interrupted. Take the file in again: what was done is not done twice."
        ),
    }

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return said(self.code)


def said(code: str) -> str:
    """The sentence of any code; an unknown one is shown as it is stored."""
    for table in (BadList.SENTENCES, NOTES, LINES):
        if code in table:
            return str(table[code])
    return code


def line_said(line: int, code: str) -> str:
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": said(code)}
