from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.imports.dates import Found, NotADate, birth_date, contact_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("15.7.1974", "1974-07-15"),
        ("15/07/1974", "1974-07-15"),
        ("15-07-1974", "1974-07-15"),
        ("1974-07-15", "1974-07-15"),
        ("1974-07-15 00:00:00", "1974-07-15"),
        ("15.07.74", "1974-07-15"),
        ("1.2.03", "2003-02-01"),
        ("28.01 1966", "1966-01-28"),
        ("6.5.1974.", "1974-05-06"),
        ("16 October 1959", "1959-10-16"),
        ("July 4, 1976", "1976-07-04"),
        ("1er janvier 1990", "1990-01-01"),
        ("12 août 1991", "1991-08-12"),
        ("1 мая 1980 г.", "1980-05-01"),
        ("авг. 1990", "1990-08"),
        ("March 1962", "1962-03"),
        ("03.1974", "1974-03"),
        ("1974-03", "1974-03"),
        ("1968", "1968"),
        ("1968 г.р.", "1968"),
        ("", ""),
        ("-", ""),
        ("N/D", ""),
        ("неизвестно", ""),
    ],
)
def test_one_date_is_read_in_many_forms(text, written):
    assert birth_date(text, TODAY) == Found(written, plain=True)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("15.7.1974 or 16.7.1974", "1974-07"),
        ("5.7.1983 or 10.3.1983", "1983"),
        ("18.1.1970 or 29.3.1965", "1970"),
        ("21.11.1964 / 1965", "1964"),
        ("1980-1990", "1980"),
        ("possibly 23.7.1981", "1981-07-23"),
        ("8.5.1967 Gender: female", "1967-05-08"),
        ("March/April 1965", "1965"),
    ],
)
def test_of_several_dates_only_what_is_certain_is_read_and_it_is_said(text, certain):
    assert birth_date(text, TODAY) == Found(certain, plain=False)


@pytest.mark.parametrize(
    "text",
    ["7/15/1974", "31.2.1990", "0.0.1990", "2030", "1.1.1850", "10 October (year unknown)", "thirty", "25"],
)
def test_what_is_no_date_of_birth_is_refused(text):
    with pytest.raises(NotADate):
        birth_date(text, TODAY)


def test_the_day_of_a_contact_is_a_whole_day_in_the_past():
    assert contact_day("1.11.2026", TODAY) == date(2026, 11, 1)
    for text in ("2026", "11.2026", "1.12.2026", "1.11.2026 or 2.11.2026", "soon"):
        with pytest.raises(NotADate):
            contact_day(text, TODAY)


@given(st.text(alphabet="0123456789./- janмаяor", max_size=30))
def test_no_text_breaks_the_reading(text):
    try:
        found = birth_date(text, TODAY)
    except NotADate:
        return
    assert found.written == "" or "1900" <= found.written <= TODAY.isoformat()
