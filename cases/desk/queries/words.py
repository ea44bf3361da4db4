"""Cases by the words that stand in clear in their files, in Russian, French and English.

What is typed may be a name. It goes to the database masked, with a pad that the database drew for this one
transaction: whatever a server logs or a host watches, the words stand in no statement.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from cases.applicants.models import Applicant, Note, StageChange, Task
from cases.desk.models import SearchText

PAD = """
SELECT set_config('desk.pad', string_agg(encode(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'), ''), true)
FROM generate_series(1, %s)
"""
BLOCK = 32
# Signs that nobody types: what was found stands between them.
HERE, THERE = "\ue000", "\ue001"
LINE = f"MaxFragments=1, MaxWords=16, MinWords=6, ShortWord=0, StartSel={HERE}, StopSel={THERE}"
TEXTS = ((Note, "text"), (Task, "title"), (StageChange, "reason"))


@contextmanager
def typed(words: str) -> Iterator[Func]:
    """The question that finds these words; it can be asked only inside of this block."""
    said = words.encode()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PAD, [-(-len(said) // BLOCK)])
            pad = bytes.fromhex(cursor.fetchone()[0])
        masked = bytes(one ^ other for one, other in zip(said, pad, strict=False))
        # As a question of its own it is answered once, and not for each row.
        yield Func(Value(masked), template="(SELECT desk_typed(%(expressions)s))")


def with_words(queryset: QuerySet[Applicant], wanted: Combinable) -> QuerySet[Applicant]:
    """Cases in which every word stands somewhere, in whatever form."""
    return queryset.filter(pk__in=SearchText.objects.filter(_fits(F("vector"), wanted)).values("applicant"))


@dataclass(frozen=True)
class Line:
    """The place where something was found, in pieces, each with whether it was looked for."""

    pieces: list[tuple[str, bool]]


def lines_found(applicants: Sequence[Applicant], wanted: Combinable) -> dict[UUID, Line]:
    """For each case the newest text that holds all the words; the caller has fetched what the viewer may see."""
    ids = [one.pk for one in applicants]
    found: dict[UUID, Line] = {}
    for model, column in TEXTS:
        vector = Func(F(column), function="desk_vector")
        rows = model.objects.filter(_fits(vector, wanted), applicant__in=ids).annotate(
            line=_line(column, wanted)
        )
        order = "-created_at" if model is Task else "-at"
        for applicant_id, line in (
            rows.order_by("applicant", order).distinct("applicant").values_list("applicant", "line")
        ):
            found.setdefault(applicant_id, Line(_pieces(line)))
    return found


def _fits(vector: Combinable, wanted: Combinable) -> Func:
    return Func(vector, wanted, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def _line(column: str, wanted: Combinable) -> Func:
    return Func(
        F(column),
        wanted,
        Value(LINE),
        template="ts_headline('pg_catalog.russian', %(expressions)s)",
        output_field=TextField(),
    )


def _pieces(line: str) -> list[tuple[str, bool]]:
    pieces = []
    for part in line.split(HERE):
        found, closed, rest = part.partition(THERE)
        pieces += [(found, True), (rest, False)] if closed else [(part, False)]
    return [piece for piece in pieces if piece[0]]
