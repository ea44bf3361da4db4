"""The list as CSV or XLSX: one `COPY` of what the filter leaves, made by the database and passed on as it comes.

Pseudonyms only. Each row ends with a link back to its case.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext

from cases.applicants.models import Applicant
from cases.desk.columns import COLUMNS, plain, usual_columns
from cases.desk.refusals import TooManyRows, UnknownColumns
from cases.sheets import writing

LINK = "link"
# A row for each step would cost more in the server than in the database.
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Export:
    """A finished question: language, day and time zone of the reader are already in it."""

    columns: Sequence[str]
    labels: Sequence[str]
    sql: str
    params: Sequence[Any]


def chosen_columns(given: Iterable[str]) -> list[str]:
    """The columns asked for, separated by commas or given one by one; the usual ones if there are none."""
    names = [name for part in given for name in part.split(",") if name]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise UnknownColumns(unknown)
    return list(dict.fromkeys(names)) or usual_columns()


def require_room(count: int) -> None:
    """A sheet has an end; CSV has none."""
    if count > writing.MOST_ROWS:
        raise TooManyRows(count, writing.MOST_ROWS)


def prepare(cases: QuerySet[Applicant], columns: Sequence[str], cases_url: str) -> Export:
    """`cases_url` is the full address of the list, below which each case lies."""
    cells = {f"csv_{name}": COLUMNS[name].csv() for name in columns}
    link = Concat(Value(cases_url), plain("pk"), Value("/"), output_field=TextField())
    asked = cases.select_related(None).annotate(**cells, csv_link=link).values_list(*cells, "csv_link")
    sql, params = asked.query.sql_with_params()
    labels = [*(str(COLUMNS[name].label) for name in columns), gettext("Link")]
    return Export(columns, labels, sql, params)


def stream(export: Export) -> Iterator[bytes]:
    yield f"\ufeff{','.join([*export.columns, LINK])}\n".encode()
    # Everything in quotes: a program that splits at semicolons finds no cell inside of a cell.
    with _copied(export, "WITH (FORMAT csv, FORCE_QUOTE *)") as copy:
        yield from _chunks(copy)


def workbook(export: Export) -> Iterator[bytes]:
    kinds = [*(COLUMNS[name].kind for name in export.columns), writing.TEXT]
    with _copied(export) as copy:
        yield from writing.workbook(export.labels, kinds, copy.rows())


@contextmanager
def _copied(export: Export, form: str = "") -> Iterator[Any]:
    # Of its own: the server may fetch each chunk from another thread, and other requests use the thread's connection.
    own = connection.copy()
    own.inc_thread_sharing()
    try:
        with (
            own.cursor() as cursor,
            cursor.copy(f"COPY ({export.sql}) TO STDOUT {form}", export.params) as copy,
        ):
            yield copy
    finally:
        own.close()


def _chunks(copy: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for row in copy:
        held.append(bytes(row))
        size += len(row)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
