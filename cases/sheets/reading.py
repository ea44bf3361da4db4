"""Reading what somebody brings: CSV in the encodings offices use, or XLSX. The content decides, not the file's name."""

from cases.sheets.commas import read_text
from cases.sheets.encodings import decoded
from cases.sheets.refusals import Empty, NotASpreadsheet, OldOrLocked, TooLarge
from cases.sheets.tables import Table, make_table
from cases.sheets.workbooks import read_workbook

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def read_table(content: bytes, *, limit: int) -> Table:
    """Return the rows of a file of at most `limit` bytes, or raise `Unreadable`."""
    if len(content) > limit:
        raise TooLarge(limit // 1024**2)
    if not content.strip():
        raise Empty
    if content.startswith(OLD_OFFICE):
        raise OldOrLocked
    if content.startswith(OTHERS):
        raise NotASpreadsheet
    return make_table(read_workbook(content) if content.startswith(ZIP) else read_text(decoded(content)))
