"""The months of a service: what is covered, what is missing, what cannot be. The properties hold for any dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.vetting.month_grid import (
    CALLED_UP,
    LEFT,
    Contradiction,
    Event,
    Gap,
    Overlap,
    Period,
    first_of,
    month_grid,
    month_of,
    runs,
)
from cases.vetting.spans import first_day, last_day

ACCOUNTS = ("own", "verified", "public")


def month(year, number):
    return month_of(date(year, number, 1))


def spelt(*texts):
    return frozenset(frozenset(text.split()) for text in texts)


def own(key, begins="", ends="", **facts):
    return Period(key, "own", begins, ends, **facts)


def verified(key, begins="", ends="", **facts):
    return Period(key, "verified", begins, ends, **facts)


def grid(*entries):
    periods = [one for one in entries if isinstance(one, Period)]
    return month_grid(periods, [one for one in entries if isinstance(one, Event)], ACCOUNTS)


def covered(*entries):
    found = grid(*entries)
    row = found.rows[0]
    return "".join("#" if m in row.surely else "?" if m in row.perhaps else "." for m in found.months)


@pytest.mark.parametrize(
    ("begins", "ends", "drawn"),
    [
        ("2022-03-05", "2022-05-20", "###"),
        ("2022-03", "2022-05", "###"),
        ("2022", "2022-03", "??#"),
        ("2022-11", "2022", "#?"),
        ("2022", "2022", "????????????"),
        ("2021", "2022", "???????????##???????????"),
        ("2022-03", "", "#"),
        ("", "2022-03", "#"),
        ("", "", ""),
        ("2022-05", "2022-03", ""),
    ],
)
def test_a_month_is_covered_surely_or_perhaps(begins, ends, drawn):
    assert covered(own("a", begins, ends)) == drawn


def test_an_end_that_nobody_knows_reaches_to_the_end_of_the_grid():
    assert covered(own("a", "2022-03", ""), verified("b", "2022-01", "2022-06")) == "..#???"


def test_months_without_a_period_are_a_gap_of_the_account():
    found = grid(
        own("a", "2022-01", "2022-03"), own("b", "2022-07-09", "2022-08"), verified("c", "2021", "2021")
    )

    assert found.gaps == [Gap(month(2022, 4), month(2022, 6), "own")]


def test_between_call_up_and_leaving_months_are_missing_too():
    entries = [
        own("a", "2022-03", "2022-06"),
        Event("c", "own", CALLED_UP, "2021-11-30"),
        Event("l", "own", LEFT, "2022-09-02"),
    ]

    assert grid(*entries).gaps == [
        Gap(month(2021, 12), month(2022, 2), "own"),
        Gap(month(2022, 7), month(2022, 8), "own"),
    ]
    assert grid(*entries[1:]).gaps == []


@pytest.mark.parametrize(
    ("one", "other", "months"),
    [
        (("2022-01-01", "2022-05-31"), ("2022-03-10", "2022-04-02"), (3, 4)),
        (("2022-01", "2022-05"), ("2022-03", "2022-09"), (3, 5)),
        (("2022-01-01", "2022-03-10"), ("2022-03-10", "2022-04-02"), None),
        (("2022-01", "2022-03"), ("2022-03", "2022-04"), None),
        (("2022-03-05", "2022-03-05"), ("2022-03-05", "2022-04-02"), (3, 3)),
        (("2022", "2022"), ("2022", "2022"), None),
        (("2022-01", ""), ("2022-03", "2022-04"), None),
    ],
)
def test_two_periods_of_one_account_at_once(one, other, months):
    found = grid(own("b", *other), own("a", *one))

    assert found.overlaps == (
        [] if months is None else [Overlap(month(2022, months[0]), month(2022, months[1]), "own", ("a", "b"))]
    )


def differences(*entries):
    return [
        (one.what, first_of(one.first).month, first_of(one.last).month, one.sure)
        for one in grid(*entries).differences
    ]


@pytest.mark.parametrize(
    ("facts", "other_facts", "what"),
    [
        ({"unit_number": "12345"}, {"unit_number": "54321"}, ["unit"]),
        (
            {"unit_number": "12345", "unit_names": spelt("a")},
            {"unit_number": "12345", "unit_names": spelt("b")},
            [],
        ),
        ({"unit_number": "12345"}, {"unit_names": spelt("64 brigade")}, []),
        ({"unit_names": spelt("64 brigade", "64 omsbr")}, {"unit_names": spelt("64 omsbr")}, []),
        ({"unit_names": spelt("64 brigade")}, {"unit_names": spelt("38 brigade")}, ["unit"]),
        ({"place": spelt("bucha")}, {"place": spelt("bucha kyiv region")}, []),
        ({"place": spelt("bucha")}, {"place": spelt("izium")}, ["place"]),
        ({"branch": "ground"}, {"branch": "navy"}, ["branch"]),
        ({"branch": "ground"}, {}, []),
        (
            {"branch": "ground", "place": spelt("a")},
            {"branch": "navy", "place": spelt("b")},
            ["branch", "place"],
        ),
    ],
)
def test_what_two_accounts_say_of_the_same_months(facts, other_facts, what):
    entries = own("a", "2022-02", "2022-05", **facts), verified("b", "2022-03", "2022-09", **other_facts)

    assert differences(*entries) == [(one, 3, 5, True) for one in what]


def test_own_and_public_are_not_compared_but_verified_and_public_are():
    times = ("2022-03", "2022-05")
    public = Period("p", "public", *times, branch="navy")

    assert differences(own("a", *times, branch="ground"), public) == []
    assert grid(verified("b", *times, branch="ground"), public).differences == [
        Contradiction(month(2022, 3), month(2022, 5), "branch", ("verified", "public"), ("b", "p"))
    ]


def test_vague_dates_make_a_contradiction_that_may_be_none():
    entries = own("a", "2022", "2022", branch="ground"), verified("b", "2022-03", "2022-05", branch="navy")

    assert differences(*entries) == [("branch", 3, 5, False)]


def test_moving_from_one_unit_to_the_next_within_a_month_is_no_contradiction():
    first, second = {"unit_number": "11111"}, {"unit_number": "22222"}

    assert (
        differences(
            own("a", "2022-03", "2022-06", **first),
            own("b", "2022-06", "2022-09", **second),
            verified("c", "2022-03", "2022-06", **first),
            verified("d", "2022-06", "2022-09", **second),
        )
        == []
    )
    assert (
        differences(own("a", "2022-03", "2022-06", **first), verified("d", "2022-06", "2022-09", **second))
        == []
    )
    assert differences(
        own("a", "2022-06", "2022-06", **first), verified("d", "2022-06", "2022-06", **second)
    ) == [("unit", 6, 6, False)]


def test_some_days_of_a_month_in_another_unit_are_a_contradiction():
    first, second = {"unit_number": "11111"}, {"unit_number": "22222"}

    assert differences(
        own("a", "2022-03-01", "2022-03-20", **first),
        own("b", "2022-03-20", "2022-09", **second),
        verified("c", "2022-03-01", "2022-09", **second),
    ) == [("unit", 3, 3, True)]


def test_runs():
    assert list(runs([7, 3, 4, 5, 9])) == [(3, 5), (7, 7), (9, 9)]


days = st.dates(date(2021, 1, 1), date(2023, 12, 31))
cuts = st.sampled_from([10, 7, 4, 0])


@st.composite
def periods(draw, key="p"):
    begin, end = sorted((draw(days), draw(days)))
    return Period(
        key,
        draw(st.sampled_from(ACCOUNTS)),
        begin.isoformat()[: draw(cuts)],
        end.isoformat()[: draw(cuts)],
        unit_number=draw(st.sampled_from(["", "11111", "22222"])),
        place=draw(st.sampled_from([spelt(), spelt("bucha"), spelt("izium")])),
        branch=draw(st.sampled_from(["", "ground", "navy"])),
    )


@st.composite
def records(draw):
    drawn = draw(st.lists(periods(), max_size=6))
    named = [replace(one, key=f"p{place}") for place, one in enumerate(drawn)]
    events = [
        Event(f"e{place}", draw(st.sampled_from(ACCOUNTS)), what, draw(days).isoformat()[: draw(cuts)])
        for place, what in enumerate(draw(st.lists(st.sampled_from([CALLED_UP, LEFT]), max_size=3)))
    ]
    return named, events


@given(records())
def test_every_month_from_first_to_last_is_covered_or_in_a_gap(record):
    found = month_grid(*record, ACCOUNTS)
    for row in found.rows:
        missing = {
            m for gap in found.gaps if gap.account == row.account for m in range(gap.first, gap.last + 1)
        }

        assert missing | row.perhaps == set(row.reach)
        assert set(row.reach) <= set(found.months)


@given(records())
def test_a_gap_never_meets_a_period(record):
    found = month_grid(*record, ACCOUNTS)
    for gap in found.gaps:
        row = next(row for row in found.rows if row.account == gap.account)

        assert not row.perhaps & set(range(gap.first, gap.last + 1))
        assert row.surely <= row.perhaps


@given(records(), st.randoms())
def test_the_order_of_the_entries_does_not_matter(record, random):
    known, events = record
    mixed, stirred = random.sample(known, len(known)), random.sample(events, len(events))

    assert month_grid(mixed, stirred, ACCOUNTS) == month_grid(known, events, ACCOUNTS)


def a_reading(draw, period):
    """One whole day for each of the two dates, none before the other."""
    if not (period.begins and period.ends):
        return set()
    begin = draw(st.dates(first_day(period.begins), min(last_day(period.begins), last_day(period.ends))))
    end = draw(st.dates(max(begin, first_day(period.ends)), max(begin, last_day(period.ends))))
    return {begin + timedelta(days=place) for place in range((end - begin).days + 1)}


@given(records(), st.data())
def test_what_is_called_sure_is_true_in_every_reading_of_the_dates(record, data):
    known, events = record
    found = month_grid(known, events, ACCOUNTS)
    by_key = {one.key: one for one in known}
    certain = [one.keys for one in found.overlaps] + [one.keys for one in found.differences if one.sure]
    for one, other in certain:
        assert a_reading(data.draw, by_key[one]) & a_reading(data.draw, by_key[other])


@given(records(), st.data())
def test_a_month_surely_covered_is_covered_in_every_reading(record, data):
    known, _events = record
    for period in (one for one in known if one.begins and one.ends):
        read = {month_of(day) for day in a_reading(data.draw, period)}
        row = next(row for row in month_grid([period], [], ACCOUNTS).rows if row.account == period.account)

        assert row.surely <= read <= row.perhaps


@given(records())
def test_a_period_without_a_date_contradicts_nothing(record):
    known, events = record
    nameless = [replace(one, begins="", ends="") for one in known]
    found = month_grid(nameless, events, ACCOUNTS)

    assert (found.gaps, found.overlaps, found.differences) == ([], [], [])
