"""Dates of six digits: two for the year, so the century has to be found."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cases.documents.zones.defects import Defect


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which day, or day and month, or everything may be unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def exact(self) -> date | None:
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """ISO 8601, with question marks for what is unknown."""
        year = "????" if self.year is None else f"{self.year:04}"
        month = "??" if self.month is None else f"{self.month:02}"
        return f"{year}-{month}-{'??' if self.day is None else f'{self.day:02}'}"

    def agrees_with(self, other: date) -> bool:
        """Whether the other date can be meant: every known part is the same."""
        parts = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == its for mine, its in parts)


class Century(Enum):
    PAST = "past"
    """Birth and issue: the latest year that is not in the future."""
    NEAREST = "nearest"
    """Expiry: the year nearest to today, so within fifty years either way."""


UNKNOWN = PartialDate()
BLANK = "<<"
ZERO = "00"
HALF = 50


def read_date(raw: str, century: Century, today: date) -> tuple[PartialDate | None, Defect | None]:
    """The date in six characters, and what is wrong with it; no date where there is no such day.

    Fillers, in two or four characters or all six, stand for what is unknown (Doc 9303 part 3, 4.8). Some offices write zeros
    instead: read alike, with a remark.
    """
    year, month, day = raw[:2], raw[2:4], raw[4:]
    if raw.isdecimal():
        if day != ZERO:
            return exact_date(raw, century, today)
        if month == year == ZERO:
            return UNKNOWN, Defect.DATE_ZERO
        found, defect = read_date(year + (BLANK if month == ZERO else month) + BLANK, century, today)
        return found, defect or Defect.DATE_ZERO
    if not all(part == BLANK or part.isdecimal() for part in (year, month, day)):
        return None, Defect.DATE_CHARACTERS
    known_month = None if month == BLANK else int(month)
    known_day = None if day == BLANK else int(day)
    if not (1 <= (known_month or 1) <= 12 and 1 <= (1 if known_day is None else known_day) <= 31):
        return None, Defect.DATE_IMPOSSIBLE
    known_year = None if year == BLANK else full_year(int(year), century, today)
    return PartialDate(known_year, known_month, known_day), None


def exact_date(raw: str, century: Century, today: date) -> tuple[PartialDate | None, Defect | None]:
    month, day = int(raw[2:4]), int(raw[4:])
    year = full_year(int(raw[:2]), century, today)
    if century is Century.PAST and year == today.year and (month, day) > (today.month, today.day):
        year -= 100
    if day > 28 or not 1 <= month <= 12:
        try:
            date(year, month, day)
        except ValueError:
            return None, Defect.DATE_IMPOSSIBLE
    return PartialDate(year, month, day), None


def full_year(two_digits: int, century: Century, today: date) -> int:
    now = today.year
    year = now - now % 100 + two_digits
    if century is Century.PAST:
        return year if year <= now else year - 100
    return year - 100 if year - now > HALF else year + 100 if now - year > HALF else year


def birthday(born: date, age: int) -> date:
    """The day on which that age is reached; born on 29 February, the first of March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28) + timedelta(days=1)
