from datetime import date

import pytest

from cases.documents.zones.dates import Century, PartialDate, birthday, read_date
from cases.documents.zones.defects import Defect
from tests.documents.zones.samples import TODAY


@pytest.mark.parametrize(
    ("raw", "century", "text"),
    [
        ("740812", Century.PAST, "1974-08-12"),
        ("261122", Century.PAST, "2026-11-22"),
        ("261123", Century.PAST, "1926-11-23"),
        ("300101", Century.PAST, "1930-01-01"),
        ("000229", Century.PAST, "2000-02-29"),
        ("120415", Century.NEAREST, "2012-04-15"),
        ("760101", Century.NEAREST, "2076-01-01"),
        ("770101", Century.NEAREST, "1977-01-01"),
        ("74<<<<", Century.PAST, "1974-??-??"),
        ("7408<<", Century.PAST, "1974-08-??"),
        ("74<<12", Century.PAST, "1974-??-12"),
        ("<<0812", Century.PAST, "????-08-12"),
        ("<<<<<<", Century.NEAREST, "????-??-??"),
    ],
)
def test_dates_and_their_century(raw, century, text):
    found, defect = read_date(raw, century, TODAY)

    assert (str(found), defect) == (text, None)


def test_expiry_looks_ahead_at_the_end_of_a_century():
    found, _ = read_date("040101", Century.NEAREST, date(2098, 5, 1))

    assert str(found) == "2104-01-01"


@pytest.mark.parametrize(
    ("raw", "text"),
    [("740800", "1974-08-??"), ("740000", "1974-??-??"), ("000000", "????-??-??")],
)
def test_zeros_for_the_unknown_are_remarked(raw, text):
    found, defect = read_date(raw, Century.PAST, TODAY)

    assert (str(found), defect) == (text, Defect.DATE_ZERO)


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        ("741301", Defect.DATE_IMPOSSIBLE),
        ("740231", Defect.DATE_IMPOSSIBLE),
        ("730229", Defect.DATE_IMPOSSIBLE),
        ("740032", Defect.DATE_IMPOSSIBLE),
        ("160002", Defect.DATE_IMPOSSIBLE),
        ("7413<<", Defect.DATE_IMPOSSIBLE),
        ("741300", Defect.DATE_IMPOSSIBLE),
        ("74<<32", Defect.DATE_IMPOSSIBLE),
        ("74<<00", Defect.DATE_IMPOSSIBLE),
        ("7408<2", Defect.DATE_CHARACTERS),
        ("74O812", Defect.DATE_CHARACTERS),
        ("      ", Defect.DATE_CHARACTERS),
    ],
)
def test_what_is_no_date(raw, defect):
    assert read_date(raw, Century.PAST, TODAY) == (None, defect)


def test_a_partial_date_agrees_with_every_date_it_may_be():
    partial = PartialDate(1974, 8)

    assert partial.agrees_with(date(1974, 8, 31))
    assert not partial.agrees_with(date(1974, 9, 1))
    assert partial.exact is None


@pytest.mark.parametrize(
    ("born", "day"),
    [(date(1990, 5, 1), date(2004, 5, 1)), (date(2000, 2, 29), date(2014, 3, 1)), (date(2000, 2, 29), None)],
)
def test_birthdays(born, day):
    assert birthday(born, 14) == (day or date(2014, 3, 1))
