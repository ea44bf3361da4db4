"""Which of the two kinds of table a file is, told by its headings, and its rows as drafts."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused
from cases.sheets.tables import Table
from cases.vetting.imports.drafts import Draft
from cases.vetting.imports.listing import COLUMNS, read_listing
from cases.vetting.imports.own_columns import HEADINGS, NEEDED, read_own

_KNOWN = {heading: column for column, headings in HEADINGS.items() for heading in headings}


class UnknownHeadings(Refused):
    def __str__(self) -> str:
        return _(
            "The first row holds no headings we know. Needed are the columns “what” and “source”, and “unit” or “place”; "
            "or those of the EU listings: celex, record_id, units, reason."
        )


def read_drafts(table: Table) -> list[Draft]:
    """Every row as what it would become, with its number in the file; raises UnknownHeadings."""
    read, columns = _reader([cell.strip().casefold() for cell in table.rows[0].cells])
    return [
        read(row.number, {column: row.cell(at) for at, column in columns.items()}) for row in table.rows[1:]
    ]


def _reader(headings: list[str]) -> tuple[Callable[[int, Mapping[str, str]], Draft], dict[int, str]]:
    if set(COLUMNS) <= set(headings):
        return read_listing, dict(enumerate(headings))
    columns = {at: _KNOWN[heading] for at, heading in enumerate(headings) if heading in _KNOWN}
    if not {*NEEDED} <= set(columns.values()) or not {"unit", "place"} & set(columns.values()):
        raise UnknownHeadings
    return read_own, columns
