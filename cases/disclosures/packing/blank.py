"""The recipient's own Excel form: read when it is brought, filled in memory when it leaves. Pure.

Only cells below the headings are written, as text inside the sheet; everything else stays byte for byte as it was, with formats,
rules and pictures. openpyxl reads the blank form and never writes: it puts each sheet into a temporary file, in clear.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from cases.sheets.reading import ZIP, read_table
from cases.sheets.refusals import Broken, NotASpreadsheet
from cases.sheets.tables import letter

LOOKED_AT = 30
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(r"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?c\b[^>]*?(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
_DATA = re.compile(r"(<(\w+:)?sheetData\s*>)(.*)(</(?:\w+:)?sheetData>)", re.DOTALL)
_SIZE = re.compile(r"<(?:\w+:)?dimension\b[^>]*?/>")
_MERGED = re.compile(r"<(?:\w+:)?mergeCell\b[^>]*?ref=\"[A-Z]+\d+:[A-Z]+(\d+)\"")
_NUMBER = re.compile(r'\br="(\d+)"')
_PLACE = re.compile(r'\br="([A-Z]+)\d+"')
_STYLE = re.compile(r'\bs="(\d+)"')
_LETTERS = re.compile(r"[^\W\d_]")
# What no XML may hold.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotBlank(Exception):
    """Something is written below the headings: `row` says where."""

    def __init__(self, row: int) -> None:
        self.row = row


class Unfit(Exception):
    """It holds macros, joined cells below the headings, or no row of headings."""


@dataclass(frozen=True)
class Blank:
    """`headings`: what stands in the row of headings, by the letter of its column. `taken`: columns with numbers below it."""

    row: int
    headings: Mapping[str, str]
    taken: frozenset[str]


def read_blank(content: bytes, *, limit: int, row: int | None = None) -> Blank:
    """Read a form of at most `limit` bytes. `row`: of the headings; else the fullest of the first rows.

    Raises `Unreadable` of `cases.sheets`, `NotBlank` where words stand below the headings, or `Unfit`.
    """
    if content and not content.startswith(ZIP):
        raise NotASpreadsheet
    rows = {one.number: one.cells for one in read_table(content, limit=limit).rows}
    first = [number for number in rows if number <= LOOKED_AT]
    at = row or max(first, key=lambda number: (sum(map(bool, rows[number])), -number), default=0)
    if not any(rows.get(at, [])):
        raise Unfit
    text = _sheet_of(content)[1]
    if any(int(last) > at for last in _MERGED.findall(text)):
        raise Unfit
    below = {number: cells for number, cells in rows.items() if number > at}
    for number, cells in below.items():
        if any(_LETTERS.search(cell) for cell in cells):
            raise NotBlank(number)
    taken = {letter(place) for cells in below.values() for place, cell in enumerate(cells) if cell}
    return Blank(at, {letter(place): cell for place, cell in enumerate(rows[at]) if cell}, frozenset(taken))


def filled(content: bytes, *, row: int, columns: Mapping[str, int], people: Sequence[Sequence[str]]) -> bytes:
    """The form with a row a person below row `row`. `columns`: by letter the place in what is said of a person."""
    name, text = _sheet_of(content)
    match = _DATA.search(text)
    if match is None:
        raise Broken
    prefix, rows = match[2] or "", {}
    for found in _ROW.finditer(match[3]):
        number = _NUMBER.search(found[1])
        if number is None:
            raise Broken
        rows[int(number[1])] = found[0]
    pattern = _styles(rows.get(row + 1, ""))
    for place, said in enumerate(people, start=1):
        at = row + place
        rows[at] = _row(prefix, at, rows.get(at, ""), pattern, {one: said[of] for one, of in columns.items()})
    data = "".join(rows[number] for number in sorted(rows))
    text = f"{text[: match.start(3)]}{data}{text[match.end(3) :]}"
    # It would say how far the sheet goes, and no more does.
    return _with(content, name, _SIZE.sub("", text, count=1))


def _row(prefix: str, at: int, before: str, pattern: Mapping[str, str], said: Mapping[str, str]) -> str:
    """The row as it was, with these cells in it."""
    cells = {column: cell for cell in _CELL.findall(before) if (column := _column(cell))}
    styles = dict(pattern) | _styles(before)
    for column, text in said.items():
        style = f' s="{styles[column]}"' if column in styles else ""
        clean = escape(_FORBIDDEN.sub("", text))
        cells[column] = (
            f'<{prefix}c r="{column}{at}"{style} t="inlineStr"><{prefix}is>'
            f'<{prefix}t xml:space="preserve">{clean}</{prefix}t></{prefix}is></{prefix}c>'
        )
    for column, style in pattern.items():
        cells.setdefault(column, f'<{prefix}c r="{column}{at}" s="{style}"/>')
    inside = "".join(cells[column] for column in sorted(cells, key=lambda one: (len(one), one)))
    return f'<{prefix}row r="{at}">{inside}</{prefix}row>'


def _styles(row: str) -> dict[str, str]:
    found = {}
    for cell in _CELL.findall(row):
        style = _STYLE.search(cell)
        if style and (column := _column(cell)):
            found[column] = style[1]
    return found


def _column(cell: str) -> str:
    place = _PLACE.search(cell)
    return place[1] if place else ""


def _sheet_of(content: bytes) -> tuple[str, str]:
    """The name and the text of the part that is the first visible sheet."""
    with ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
        if any("vbaproject" in name.lower() or "macrosheet" in name.lower() for name in names):
            raise Unfit
        try:
            book = ElementTree.fromstring(_safe(parts.read("xl/workbook.xml")))  # noqa: S314  # no entities, see _safe
            links = ElementTree.fromstring(_safe(parts.read("xl/_rels/workbook.xml.rels")))  # noqa: S314
            sheet = next(
                one for one in book.iter(f"{_MAIN}sheet") if one.get("state", "visible") == "visible"
            )
            target = next(one.get("Target", "") for one in links if one.get("Id") == sheet.get(_REL))
            name = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return name, _safe(parts.read(name))
        except (KeyError, StopIteration, ElementTree.ParseError, UnicodeDecodeError):
            raise Broken from None


def _safe(part: bytes) -> str:
    """Entities and sections that hide marks come from no spreadsheet program."""
    text = part.decode("utf-8-sig")
    if "<!" in text:
        raise Broken
    return text


def _with(content: bytes, name: str, text: str) -> bytes:
    sink = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(sink, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(part.filename, text.encode() if part.filename == name else before.read(part))
    return sink.getvalue()
