"""The arithmetic of periods, held against days that were looked up in calendars."""

from datetime import date, timedelta

import pytest

from cases.asylum.reckoning import (
    End,
    Period,
    add_months,
    add_working_days,
    easter,
    end_of,
    holidays,
    is_rest,
    next_working_day,
)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2011, "2011-04-24"),
        (2019, "2019-04-21"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2028, "2028-04-16"),
        (2038, "2038-04-25"),
        (2285, "2285-03-22"),
    ],
)
def test_easter(year, sunday):
    assert easter(year) == day(sunday)


def test_easter_is_a_sunday_between_its_first_and_last_day():
    for year in range(1900, 2300):
        sunday = easter(year)
        assert sunday.weekday() == 6
        assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


def test_the_eleven_holidays_of_2026():
    assert sorted(holidays(2026)) == [
        day(one)
        for one in (
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        )
    ]


def test_two_holidays_on_one_day_are_one():
    # 8 May 1997 was Ascension Day too.
    assert len(holidays(1997)) == 10


@pytest.mark.parametrize(
    ("one", "rest"),
    [
        ("2026-06-12", False),
        ("2026-06-13", True),
        ("2026-06-14", True),
        ("2026-06-15", False),
        ("2026-07-14", True),
        ("2026-04-06", True),
        ("2026-04-03", False),  # Good Friday is a holiday in Alsace and Moselle alone
        ("2026-12-26", True),  # a Saturday
        ("2028-12-26", False),
    ],
)
def test_days_of_rest(one, rest):
    assert is_rest(day(one)) is rest


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-04-30", 1, "2026-05-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-10", 0, "2026-03-10"),
        ("2100-01-31", 1, "2100-02-28"),
    ],
)
def test_months(start, number, end):
    assert add_months(day(start), number) == day(end)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-03-02", 3, "2026-03-05"),
        ("2026-03-05", 3, "2026-03-10"),
        ("2026-03-06", 3, "2026-03-11"),
        ("2026-03-07", 3, "2026-03-11"),  # a Saturday
        ("2026-04-02", 3, "2026-04-08"),  # over Easter Monday
        ("2026-05-12", 3, "2026-05-18"),  # over Ascension Day
        ("2026-12-23", 3, "2026-12-29"),
        ("2027-12-31", 3, "2028-01-05"),
        ("2026-03-02", 10, "2026-03-16"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_working_days(start, number, end):
    assert add_working_days(day(start), number) == day(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-12", "2026-06-15"),
        ("2026-07-13", "2026-07-15"),
        ("2026-12-24", "2026-12-28"),
        ("2027-12-31", "2028-01-03"),
    ],
)
def test_the_next_working_day(start, end):
    assert next_working_day(day(start)) == day(end)


# The 14th of June 2026 is a Sunday, the 14th of July a holiday.
@pytest.mark.parametrize(
    ("at_rest", "start", "number", "unit", "end"),
    [
        ("next", "2026-06-04", 10, "days", ("2026-06-15", "2026-06-14", False)),
        ("stays", "2026-06-04", 10, "days", ("2026-06-14", "2026-06-14", False)),
        ("unknown", "2026-06-04", 10, "days", ("2026-06-14", "2026-06-14", True)),
        ("next", "2026-06-14", 1, "months", ("2026-07-15", "2026-07-14", False)),
        ("unknown", "2026-06-14", 1, "months", ("2026-07-14", "2026-07-14", True)),
        ("unknown", "2026-06-01", 1, "months", ("2026-07-01", "2026-07-01", False)),
        ("next", "2026-06-12", 3, "working_days", ("2026-06-17", "2026-06-17", False)),
    ],
)
def test_what_ends_on_a_day_of_rest(at_rest, start, number, unit, end):
    last, counted, doubtful = end
    assert end_of(day(start), Period(number, unit, at_rest)) == End(day(last), day(counted), doubtful)


def test_a_unit_that_nobody_knows_is_no_period():
    with pytest.raises(ValueError):
        end_of(day("2026-06-04"), Period(1, "weeks", "next"))


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
def test_more_is_never_earlier(unit):
    start = day("2027-12-01")
    for offset in range(0, 120, 7):
        first = start + timedelta(days=offset)
        ends = [end_of(first, Period(number, unit, "next")).day for number in range(1, 40)]
        assert ends == sorted(ends)
        assert all(not is_rest(end) for end in ends)
