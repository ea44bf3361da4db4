"""Reading the first sheet of an XLSX file, with limits: a small file can unfold to gigabytes."""

import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cases.sheets.refusals import Broken, NotASpreadsheet, UnfoldsTooLarge
from cases.sheets.tables import MAX_COLUMNS, MAX_LINES

MAX_UNFOLDED = 64 * 1024**2
MAX_PARTS = 2_000
# What openpyxl and what it stands on raise when a file is not what it says.
_BROKEN = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def read_workbook(content: bytes) -> list[list[str]]:
    """Return the rows of the first visible sheet as text; of a formula the value that was saved with it."""
    try:
        _refuse_bombs(content)
        # Its warnings quote cells, and would land in the log.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(islice(_rows(content), MAX_LINES + 1))
    except _BROKEN:
        raise Broken from None


def _refuse_bombs(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        infos = parts.infolist()
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNFOLDED:
            raise UnfoldsTooLarge
        if not any(info.filename == "[Content_Types].xml" for info in infos):
            raise NotASpreadsheet
        if not any(info.filename.startswith("xl/") for info in infos):
            raise NotASpreadsheet


def _rows(content: bytes) -> Iterator[list[str]]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise Broken
    # The size a file states for its sheet is often wrong, and may be a trap.
    sheet.reset_dimensions()
    for values in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
        yield [_text(value) for value in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
