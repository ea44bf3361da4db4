"""Reckoning with days: months ahead, years back. At the ends of the calendar it stops instead of failing."""

from calendar import monthrange
from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 1 March stands for 29 February where there is none."""
    if day.year - years < date.min.year:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
