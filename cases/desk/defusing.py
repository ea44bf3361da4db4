"""Text that a spreadsheet program would take for a formula gets an apostrophe in front, already in the database."""

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable

# What programs skip before they look for a formula: blanks, marks that cannot be seen, quotes, separators.
_SKIPPED = r"\u0001-\u0020\u007F\u00A0\u00AD\u2000-\u200F\u2028-\u202F\u2060\u3000\uFEFF\"'`´‘’‚“”„«»‹›,;|:"
# The beginnings of a formula, with the wide and small forms and the true minus sign that some programs read alike.
_SIGNS = r"=+@\-\u2212\uFF0B\uFF0D\uFF1D\uFF20\uFE62\uFE63\uFE66\uFE6B"
FORMULA = rf"^([{_SKIPPED}]*[{_SIGNS}]|[\t\r\n])"


def defused(text: str | Combinable) -> Func:
    """The text as it may stand in a cell: never the beginning of a formula."""
    return Func(
        F(text) if isinstance(text, str) else text,
        Value(FORMULA),
        Value(r"'\1"),
        function="regexp_replace",
        output_field=TextField(),
    )
