"""Writing an XLSX file row by row: nothing of it is held as a whole, and nothing lies on a disk meanwhile.

Every text is a text: a cell of this file is never a formula. What would become one elsewhere is defused before it comes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TEXT, DAY, NUMBER = "text", "day", "number"
MOST_ROWS = 1_048_575  # and the headings
CHUNK = 64 * 1024
LONGEST = 32_767
_DAY_ZERO = date(1899, 12, 30)
_WIDTHS = {TEXT: 22, DAY: 12, NUMBER: 10}
# What XML cannot hold, and what spreadsheet programs would read as a sign written by its number.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BY_NUMBER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    # The cells are plain, days (1) or headings (2).
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf xfId="0" numFmtId="14" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Pipe:
    """What the archive has written since it was last asked."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None: ...

    def take(self) -> bytes:
        held, self._held, self.size = b"".join(self._held), [], 0
        return held


def workbook(
    headings: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[str | None]]
) -> Iterator[bytes]:
    """The pieces of a workbook with one sheet. A cell comes as text: a day as "2026-11-04", a number in digits."""
    pipe = _Pipe()
    with ZipFile(cast(IO[bytes], pipe), "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(_named(name), _HEAD + part)
        with archive.open(_named("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write(_beginning(headings, kinds).encode())
            for row in rows:
                sheet.write(_row(row, kinds).encode())
                if pipe.size >= CHUNK:
                    yield pipe.take()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.take()


def _named(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def _beginning(headings: Sequence[str], kinds: Sequence[str]) -> str:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{_WIDTHS[kind]}" customWidth="1"/>'
        for place, kind in enumerate(kinds, start=1)
    )
    cells = "".join(_text(heading, ' s="2"') for heading in headings)
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{cells}</row>"
    )


def _row(row: Sequence[str | None], kinds: Sequence[str]) -> str:
    return f"<row>{''.join(_cell(value, kind) for value, kind in zip(row, kinds, strict=True))}</row>"


def _cell(value: str | None, kind: str) -> str:
    if not value:
        return "<c/>"
    if kind == DAY:
        return f'<c s="1"><v>{(date.fromisoformat(value) - _DAY_ZERO).days}</v></c>'
    if kind == NUMBER:
        return f"<c><v>{int(value)}</v></c>"
    return _text(value)


def _text(value: str, style: str = "") -> str:
    clean = _BY_NUMBER.sub("_x005F_", _NO_XML.sub("", value[:LONGEST]))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(clean)}</t></is></c>'
