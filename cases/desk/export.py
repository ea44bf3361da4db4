"""The list as CSV: one `COPY` of what the filter leaves, made by the database and passed on as it comes.

Pseudonyms only. Each row ends with a link back to its case.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from cases.applicants.models import Applicant
from cases.desk.columns import COLUMNS, plain, usual_columns
from cases.desk.refusals import UnknownColumns

LINK = "link"
# A row for each step would cost more in the server than in the database.
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Export:
    """A finished question: language, day and time zone of the reader are already in it."""

    header: str
    sql: str
    params: Sequence[Any]


def chosen_columns(given: Iterable[str]) -> list[str]:
    """The columns asked for, separated by commas or given one by one; the usual ones if there are none."""
    names = [name for part in given for name in part.split(",") if name]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise UnknownColumns(unknown)
    return list(dict.fromkeys(names)) or usual_columns()


def prepare(cases: QuerySet[Applicant], columns: Sequence[str], cases_url: str) -> Export:
    """`cases_url` is the full address of the list, below which each case lies."""
    cells = {f"csv_{name}": COLUMNS[name].csv() for name in columns}
    link = Concat(Value(cases_url), plain("pk"), Value("/"), output_field=TextField())
    asked = cases.select_related(None).annotate(**cells, csv_link=link).values_list(*cells, "csv_link")
    sql, params = asked.query.sql_with_params()
    # Everything in quotes: a program that splits at semicolons finds no cell inside of a cell.
    return Export(
        ",".join([*columns, LINK]), f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)", params
    )


def stream(export: Export) -> Iterator[bytes]:
    yield f"\ufeff{export.header}\n".encode()
    # Of its own: the server may fetch each chunk from another thread, and other requests use the thread's connection.
    own = connection.copy()
    own.inc_thread_sharing()
    try:
        with own.cursor() as cursor, cursor.copy(export.sql, export.params) as copy:
            yield from _chunks(copy)
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
