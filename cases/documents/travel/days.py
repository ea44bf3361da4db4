"""Reckoning with days: months and years ahead, and the ages that somebody can have. Beyond the calendar it stops at its end."""

from calendar import monthrange
from datetime import date

from cases.documents.travel.facts import Born

OLDEST = 150


def plus_months(day: date, months: int) -> date:
    """The same day so many months later or earlier, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plus_years(day: date, years: int) -> date:
    return plus_months(day, 12 * years)


def years_before(day: date, years: int) -> date:
    """The last day that lies so many years back or more: before a 28 February it can be a 29 February."""
    before = plus_years(day, -years)
    after = plus_days(before, 1)
    return after if plus_years(after, years) <= day else before


def plus_days(day: date, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def ages(born: Born | None, on: date) -> tuple[int, int]:
    """Return the least and the greatest age that somebody can have on the day."""
    if born is None:
        return 0, OLDEST
    return (
        0 if born.latest is None else age(born.latest, on),
        OLDEST if born.earliest is None else age(born.earliest, on),
    )


def age(born: date, on: date) -> int:
    """Who was born on 29 February is a year older on 1 March in other years."""
    before_birthday = (on.month, on.day) < (born.month, born.day)
    return min(max(on.year - born.year - before_birthday, 0), OLDEST)
