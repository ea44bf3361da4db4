"""Cutting a text file into cells: the separator is the one that gives the first rows the same width."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from cases.sheets.refusals import BrokenQuotes

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 50
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read_text(text: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    said = _SAID.fullmatch(lines.readline())
    if said:
        # Excel's own first line; it counts as a row there.
        yield []
    else:
        lines.seek(0)
    reader = csv.reader(lines, delimiter=said.group(1) if said else separator_of(text), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise BrokenQuotes(reader.line_num + bool(said)) from None


def separator_of(text: str) -> str:
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """Return how many of the first rows are as wide as the first, and that width; a single column is no evidence."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        widths = [len(row) for row in islice(reader, SAMPLE) if row]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]
