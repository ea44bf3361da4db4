from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.applicants.ages import BANDS, age_facts, birthday, grown, latest_birth_date
from cases.applicants.models import AgeBand

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "band", "month"),
    [
        ("2026-11-22", "0-5", date(2032, 11, 1)),
        ("2020-11-23", "0-5", date(2026, 11, 1)),
        ("2020-11-22", "6-13", date(2034, 11, 1)),
        ("2012-11-22", "14", date(2027, 11, 1)),
        ("2011-11-22", "15-17", date(2029, 11, 1)),
        ("2008-11-23", "15-17", date(2026, 11, 1)),
        ("2008-11-22", "18-19", date(2028, 11, 1)),
        ("2006-11-22", "20-44", date(2051, 11, 1)),
        ("1999-11-04", "20-44", date(2044, 11, 1)),
        ("1981-11-22", "45+", None),
    ],
)
def test_every_threshold_from_both_sides(born, band, month):
    assert age_facts(born, TODAY) == (band, month)


@pytest.mark.parametrize(
    ("born", "band", "month"),
    [
        ("2008-11", "15-17", date(2026, 11, 1)),
        ("2008-10", "18-19", date(2028, 10, 1)),
        ("2008", "15-17", date(2026, 12, 1)),
        ("2007", "18-19", date(2027, 12, 1)),
        ("1999", "20-44", date(2044, 12, 1)),
        ("2026", "0-5", date(2032, 12, 1)),
        ("2026-11", "0-5", date(2032, 11, 1)),
    ],
)
def test_what_is_missing_counts_as_the_latest_possible(born, band, month):
    assert age_facts(born, TODAY) == (band, month)


@pytest.mark.parametrize(
    "born",
    [
        "",
        "unknown",
        "1999-13",
        "1999-02-30",
        "99",
        "2027",
        "2026-12",
        "2026-11-23",
        "1800-01-01",
        "4.11.1999",
    ],
)
def test_nothing_is_derived_from_what_is_no_birth_date(born):
    assert age_facts(born, TODAY) == ("", None)


def test_who_was_born_on_29_february_waits_for_march_in_other_years():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)
    assert age_facts("2008-02-29", date(2026, 2, 28)) == ("15-17", date(2026, 3, 1))
    assert age_facts("2008-02-29", date(2026, 3, 1)) == ("18-19", date(2028, 2, 1))
    assert latest_birth_date("2008-02") == date(2008, 2, 29)


@pytest.mark.parametrize(
    ("band", "month", "today", "then"),
    [
        ("15-17", date(2026, 11, 1), date(2026, 11, 30), ("15-17", date(2026, 11, 1))),
        ("15-17", date(2026, 11, 1), date(2026, 12, 1), ("18-19", date(2028, 11, 1))),
        ("0-5", date(2026, 1, 1), date(2041, 1, 1), ("20-44", date(2065, 1, 1))),
        ("20-44", date(2026, 1, 1), date(2026, 2, 1), ("45+", None)),
        ("45+", None, date(2099, 1, 1), ("45+", None)),
        ("", None, date(2099, 1, 1), ("", None)),
    ],
)
def test_what_was_derived_once_grows_with_the_years(band, month, today, then):
    assert grown(band, month, today) == then


@given(born=st.dates(date(1910, 1, 1), date(2026, 11, 22)), later=st.integers(0, 60))
def test_growing_agrees_with_deriving_anew(born, later):
    today = date(2026 + later, 11, 22)
    if born.month == 2 and born.day == 29:
        return
    stored = age_facts(born.isoformat(), TODAY)
    carried = grown(*stored, today)
    derived = age_facts(born.isoformat(), today)

    # In the month of the birthday itself the carried facts wait for the month to end.
    assert carried == derived or born.month == today.month or today.year - born.year > 119


def test_the_bands_are_those_of_the_case_file():
    assert list(BANDS) == AgeBand.values
