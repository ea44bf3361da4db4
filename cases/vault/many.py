"""Thousands of rows at once: asked for in one question, written in one COPY."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, F, Func, Model, UUIDField, Value
from django.db.models.expressions import Combinable

# Fewer are written as always.
WORTH_A_COPY = 50


def any_of(column: str, ids: Iterable[Any] | Combinable) -> Func:
    """Whether a column is one of these. They go as one value: written out one by one they take longer than the answer.

    `ids`: UUIDs, rows that have one, or an expression for an array of them.
    """
    array = ids if isinstance(ids, Combinable) else Value([_id(one) for one in ids], ArrayField(UUIDField()))
    template = "%(expressions)s)"
    return Func(F(column), array, template=template, arg_joiner=" = ANY (", output_field=BooleanField())


def write_many(rows: Sequence[Model]) -> None:
    """Write new rows of one model as `bulk_create` does, in a third of the time; a key that the database draws is not read back.

    Raises the errors of Django, as any writing does.
    """
    if len(rows) < WORTH_A_COPY:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
        return
    # The thing itself: what stands for it in `django.db` is asked anew for each value.
    connection, model = connections[DEFAULT_DB_ALIAS], type(rows[0])._meta
    drawn = rows[0].pk is None
    fields = [one for one in model.concrete_fields if not (drawn and one.primary_key)]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    statement = f'COPY "{model.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as out:
        for row in rows:
            out.write_row([one.get_db_prep_save(one.pre_save(row, True), connection) for one in fields])


def _id(one: Any) -> UUID:
    found: UUID = getattr(one, "pk", one)
    return found
