"""Days as people write them in a text: 04.11.1999, 4/11/99, 1999-11-04, 4 ноября 1999, 4 novembre 1999, November 4, 1999."""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    "январ": 1, "феврал": 2, "март": 3, "апрел": 4, "ма": 5, "июн": 6, "июл": 7, "август": 8, "сентябр": 9,
    "октябр": 10, "ноябр": 11, "декабр": 12,
    "janv": 1, "jan": 1, "févr": 2, "fevr": 2, "feb": 2, "mars": 3, "mar": 3, "avr": 4, "apr": 4, "mai": 5,
    "may": 5, "juin": 6, "jun": 6, "juil": 7, "jul": 7, "août": 8, "aout": 8, "aug": 8, "sep": 9, "oct": 10,
    "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
BY_LENGTH = sorted(MONTHS, key=len, reverse=True)
FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?!\d)")
IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:-?(?:го|е|er|st|nd|rd|th))?\s+(?:of\s+)?([^\W\d_]{3,})\.?,?\s+(\d{4})(?!\d)"
)
MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


def written_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Every day in `text`: where it begins and ends, and the day in ISO 8601. Of 04/11 both readings are given."""
    for match in FIGURES.finditer(text):
        first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
        for day in dict.fromkeys([_day(year, second, first), _day(year, first, second)]):
            if day:
                yield *match.span(), day
    for match in ISO.finditer(text):
        if day := _day(int(match[1]), int(match[2]), int(match[3])):
            yield *match.span(), day
    for shape, month, number in ((IN_WORDS, 2, 1), (MONTH_FIRST, 1, 2)):
        for match in shape.finditer(text):
            if day := _day(int(match[3]), _month(match[month]), int(match[number])):
                yield *match.span(), day


def _month(word: str) -> int:
    folded = word.casefold()
    return next((MONTHS[start] for start in BY_LENGTH if folded.startswith(start)), 0)


def _full_year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 30 else 1900)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
