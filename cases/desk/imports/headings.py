"""Guessing from the first row what the columns hold."""

import re
from collections.abc import Iterator
from functools import cache

from cases.desk.imports.fields import FIELDS, Field
from cases.desk.imports.words import is_a_value, key
from cases.sheets.tables import Table

_DATA = re.compile(r"\d{4}|@|^\+|\d[./-]\d")


@cache
def _known() -> dict[str, Field]:
    return {key(heading): field for field in FIELDS for heading in field.known_headings}


def has_headings(table: Table) -> bool:
    """Whether the first row names the columns; if it might be a person it does not, so that no name is shown as a heading."""
    cells = [cell for cell in table.rows[0].cells if cell]
    if any(_DATA.search(cell) for cell in cells):
        return False
    return any(key(cell) in _known() and not is_a_value(cell) for cell in cells)


def guess(table: Table) -> dict[int, str]:
    """Return the field of each column whose heading is understood; headings that are exactly known go first."""
    found: dict[int, str] = {}
    for column, field in [*_exact(table), *_similar(table)]:
        if column not in found and (field.several or field.code not in found.values()):
            found[column] = field.code
    return _whole_or_given(found)


def _whole_or_given(found: dict[int, str]) -> dict[int, str]:
    """A "name" beside a surname is the given name; a surname that stands alone is the whole name."""
    codes = set(found.values())
    renamed = {}
    if "family_name" in codes and "given_name" not in codes:
        renamed = {"name": "given_name"} if "name" in codes else {"family_name": "name"}
    return {column: renamed.get(code, code) for column, code in found.items()}


def _exact(table: Table) -> Iterator[tuple[int, Field]]:
    for column, cell in enumerate(table.rows[0].cells):
        if field := _known().get(key(cell)):
            yield column, field


def _similar(table: Table) -> Iterator[tuple[int, Field]]:
    for column, cell in enumerate(table.rows[0].cells):
        said = f" {key(cell)} "
        within = [heading for heading in _known() if f" {heading} " in said]
        if within:
            yield column, _known()[max(within, key=len)]


def shape(text: str) -> str:
    """Return what a cell looks like without what it says: "Aaaa AAA", "99.9.9999"."""
    plain = "".join(_stand_in(char) for char in text.replace("\n", " "))
    return re.sub(r"([aAяЯ])\1{3,}", r"\1\1\1", plain)[:24]


def _stand_in(char: str) -> str:
    if char.isdigit():
        return "9"
    if not char.isalpha():
        return char if char in " .,;:/-+@()" else "·"
    low, high = ("я", "Я") if "\u0400" <= char <= "\u052f" else ("a", "A")
    return high if char.isupper() else low
