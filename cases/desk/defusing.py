"""Text that a spreadsheet program would take for a formula gets an apostrophe in front, already in the database."""

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable

from cases.sheets.formulas import FORMULA


def defused(text: str | Combinable) -> Func:
    """The text as it may stand in a cell: never the beginning of a formula."""
    return Func(
        F(text) if isinstance(text, str) else text,
        Value(FORMULA),
        Value(r"'\1"),
        function="regexp_replace",
        output_field=TextField(),
    )
