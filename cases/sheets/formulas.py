"""What a spreadsheet program takes for a formula. One pattern for the database and for Python."""

import re

# What programs skip before they look for a formula: blanks, marks that cannot be seen, quotes, separators.
_SKIPPED = r"\u0001-\u0020\u007F\u00A0\u00AD\u2000-\u200F\u2028-\u202F\u2060\u3000\uFEFF\"'`´‘’‚“”„«»‹›,;|:"
# The beginnings of a formula, with the wide and small forms and the true minus sign that some programs read alike.
_SIGNS = r"=+@\-\u2212\uFF0B\uFF0D\uFF1D\uFF20\uFE62\uFE63\uFE66\uFE6B"
FORMULA = rf"^([{_SKIPPED}]*[{_SIGNS}]|[\t\r\n])"
_FORMULA = re.compile(FORMULA)


def defused_text(text: str) -> str:
    """The text as it may stand in a cell: an apostrophe in front of what would begin a formula."""
    return _FORMULA.sub(r"'\1", text, count=1)
