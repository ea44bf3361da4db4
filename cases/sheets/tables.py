"""A spreadsheet read into memory: rows of text, whatever the file was."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.sheets.refusals import Empty, TooManyColumns, TooManyRows

MAX_ROWS = 10_000
MAX_COLUMNS = 100
# Empty rows are passed over, but not for ever.
MAX_LINES = 50_000
_GAPS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Row:
    """One row, numbered as the spreadsheet program shows it."""

    number: int
    cells: list[str] = field(repr=False)

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    rows: list[Row] = field(repr=False)

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


def letter(column: int) -> str:
    """Return what spreadsheets call a column: A, B … Z, AA."""
    name = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        name = chr(65 + place) + name
    return name


def make_table(lines: Iterable[list[str]]) -> Table:
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = [tidy(cell) for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise TooManyColumns(MAX_COLUMNS)
        if cells:
            rows.append(Row(number, cells))
        # One more than the limit: the row with the headings.
        if len(rows) > MAX_ROWS + 1 or number > MAX_LINES:
            raise TooManyRows(MAX_ROWS)
    if not rows:
        raise Empty
    return Table(rows)


def tidy(text: str) -> str:
    """Return the text without what cannot be seen, with single blanks; line ends inside a cell stay."""
    visible = "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs") else _seen(char)
        for char in unicodedata.normalize("NFC", text)
    )
    return "\n".join(part for line in visible.split("\n") if (part := _GAPS.sub(" ", line).strip()))


def _seen(char: str) -> str:
    return " " if char in "\t\r\x0b\x0c\x85" else ""
