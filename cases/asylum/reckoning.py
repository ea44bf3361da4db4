"""Counting periods of law: days, working days and months from an event, French public holidays, and ends on a day of rest.

The day of the event is never counted. A period of months ends on the day of the same number, and where the month has no
such day, on its last (Regulation (EEC) 1182/71 art. 3; in France "de quantième à quantième").
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_DAY = timedelta(days=1)
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension Day and Whit Monday, in days after Easter Sunday.
_AFTER_EASTER = (1, 39, 50)


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class AtRest(StrEnum):
    """What becomes of a period that would end on a Saturday, a Sunday or a public holiday."""

    NEXT = "next"
    STAYS = "stays"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Period:
    number: int
    unit: str
    at_rest: str


@dataclass(frozen=True)
class End:
    """`day` is the last day to act; `counted` the day before a day of rest was taken into account."""

    day: date
    counted: date
    # It ends on a day of rest, and whether it then runs on is not known: the earlier day stands.
    doubtful: bool = False


def end_of(start: date, period: Period) -> End:
    """Return the last day of a period that begins with an event on `start`."""
    counted = _counted(start, period)
    if not is_rest(counted) or period.at_rest == AtRest.STAYS:
        return End(counted, counted)
    if period.at_rest == AtRest.NEXT:
        return End(next_working_day(counted), counted)
    return End(counted, counted, doubtful=True)


def _counted(start: date, period: Period) -> date:
    if period.unit == Unit.MONTHS:
        return add_months(start, period.number)
    if period.unit == Unit.WORKING_DAYS:
        return add_working_days(start, period.number)
    if period.unit == Unit.DAYS:
        return start + timedelta(days=period.number)
    raise ValueError(period.unit)


def add_months(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def add_working_days(start: date, number: int) -> date:
    day = start
    for _time in range(number):
        day = next_working_day(day)
    return day


def next_working_day(day: date) -> date:
    day += _DAY
    while is_rest(day):
        day += _DAY
    return day


def is_rest(day: date) -> bool:
    """Whether offices are closed: Saturday, Sunday or a public holiday of mainland France (Code du travail L3133-1)."""
    return day.weekday() >= calendar.SATURDAY or day in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    moving = (sunday + timedelta(days=after) for after in _AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *moving))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
