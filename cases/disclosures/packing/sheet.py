"""What is handed over, before it is put into a form: people in rows, what is said of them in columns."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    code: str
    label: str


# No repr: it holds names.
@dataclass(frozen=True, repr=False)
class Sheet:
    """`about` and `notes` say what this is and to whom it goes; `mark` stands on every page and in every row.

    Each person is a list of lines for each column.
    """

    language: str
    heading: str
    about: Sequence[tuple[str, str]]
    notes: Sequence[str]
    mark_label: str
    mark: str
    columns: Sequence[Column]
    people: Sequence[Sequence[Sequence[str]]]
    # What stands at the foot of every page; without it the mark does.
    foot: str = ""
