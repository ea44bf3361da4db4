from datetime import date

import pytest

from cases.vetting.spans import first_day, last_day, span


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022-03-05", date(2022, 3, 5), date(2022, 3, 5)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("", None, None),
        ("22-03", None, None),
        ("2022-13", None, None),
        ("2022-02-30", None, None),
        ("March 2022", None, None),
        ("²022", None, None),
    ],
)
def test_what_a_written_day_can_mean(written, first, last):
    assert (first_day(written), last_day(written)) == (first, last)


@pytest.mark.parametrize(
    ("one", "other", "may", "surely"),
    [
        (("2022-02-24", "2022-04-01"), ("2022-03-04", "2022-03-31"), True, True),
        (("2022-03", "2022-03"), ("2022-03-20", "2022-03-25"), True, False),
        (("2022", ""), ("2022-03-20", "2022-03-25"), True, False),
        (("2022-04", "2022-06"), ("2022-02-24", "2022-03-31"), False, False),
        (("", "2022-01"), ("2022-03-20", "2022-03-25"), False, False),
        (("", ""), ("2022-03-20", "2022-03-25"), True, False),
        (("2022-02", "2022-05"), ("2022-03-20", "2022-03-25"), True, True),
    ],
)
def test_whether_two_times_meet(one, other, may, surely):
    first, second = span(*one), span(*other)

    assert (first.may_meet(second), second.may_meet(first)) == (may, may)
    assert (first.surely_meets(second), second.surely_meets(first)) == (surely, surely)
