from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.vetting.month_grid import CALLED_UP, CHARGED, LEFT, Event, Period, month_of
from cases.vetting.service_events import contradictions

ACCOUNTS = ("own", "verified", "public")


def found(*entries):
    periods = [one for one in entries if isinstance(one, Period)]
    events = [one for one in entries if isinstance(one, Event)]
    return [(one.what, one.accounts, one.keys) for one in contradictions(periods, events, ACCOUNTS)]


def left(on, account="own", key="l"):
    return Event(key, account, LEFT, on)


@pytest.mark.parametrize(
    ("on", "begins", "ends", "wrong"),
    [
        ("2022-06-10", "2022-01", "2022-07", True),
        ("2022-06-10", "2022-01", "2022-06", False),
        ("2022-06", "2022-01", "2022-06-01", False),
        ("2022", "2022-01", "2022-12", False),
        ("2022", "2022-01", "2023", True),
        ("2022-06-10", "2022-08", "", True),
        ("2022-06-10", "", "", False),
        ("", "2022-01", "2022-07", False),
    ],
)
def test_leaving_before_a_period_ends(on, begins, ends, wrong):
    said = found(left(on), Period("p", "own", begins, ends))

    assert said == ([("left_before_end", ("own", "own"), ("l", "p"))] if wrong else [])


def test_who_came_back_and_left_again_left_at_the_later_day():
    period = Period("p", "own", "2022-01", "2022-07")

    assert found(left("2022-03-01"), left("2022-09-01", key="m"), period) == []
    assert found(left("2022-03-01"), left("2022-05-01", key="m"), period) == [
        ("left_before_end", ("own", "own"), ("m", "p"))
    ]


def test_accounts_side_by_side_are_compared_and_those_apart_are_not():
    verified = Period("v", "verified", "2022-01", "2022-07")
    public = Period("p", "public", "2022-01", "2022-07")

    assert found(left("2022-06-10"), verified, public) == [
        ("left_before_end", ("own", "verified"), ("l", "v"))
    ]


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("2022-06-10", "2022-06-11", True),
        ("2022-06-10", "2022-06", False),
        ("2022-06-10", "2022-07", True),
        ("2021", "2022-07", True),
    ],
)
def test_days_of_leaving_that_cannot_be_the_same(one, other, wrong):
    said = found(left(one), left(other, "verified", "v"))

    assert said == ([("left_differs", ("own", "verified"), ("l", "v"))] if wrong else [])
    # One of several that may be the same day is enough.
    assert (
        found(left(one), left(other, "verified", "v"), left("2022-06-10", "verified", "w")) == []
        or one == "2021"
    )


@pytest.mark.parametrize(
    ("charged", "wrong"),
    [("2022-06-09", True), ("2022-06", False), ("2022-05", True), ("2022-07", False), ("", False)],
)
def test_a_charge_before_leaving(charged, wrong):
    said = found(left("2022-06-10"), left("2022-09-10", key="m"), Event("c", "own", CHARGED, charged))

    assert said == ([("charged_before_left", ("own", "own"), ("l", "c"))] if wrong else [])


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [("2022-08", "2022-12", True), ("2022-09", "2022-12", False), ("2022", "", False), ("", "2022-01", True)],
)
def test_service_before_the_call_up(begins, ends, wrong):
    said = found(Event("c", "own", CALLED_UP, "2022-09-21"), Period("p", "own", begins, ends))

    assert said == ([("called_up_late", ("own", "own"), ("c", "p"))] if wrong else [])


def test_the_months_of_a_contradiction_lead_from_the_earlier_day_to_the_later():
    [one] = contradictions([Period("p", "own", "2022-01", "2022-07")], [left("2022-05-10")], ACCOUNTS)

    assert (one.first, one.last) == (month_of(date(2022, 5, 1)), month_of(date(2022, 7, 1)))


@given(st.sampled_from(["2022", "2022-06", "2022-06-10"]), st.sampled_from(["2022", "2022-06", "2022-06-10"]))
def test_dates_that_may_be_the_same_day_never_contradict(one, other):
    entries = [left(one), left(other, "verified", "v"), Event("c", "own", CHARGED, other)]

    assert found(*entries, Period("p", "own", "2022", other)) == []
