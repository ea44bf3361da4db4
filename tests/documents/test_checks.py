from datetime import date

import pytest

from cases.applicants.ages import age_facts
from cases.documents.births import born_between
from cases.documents.checks import Facts, Kind, clear_remarks, remarks, sealed_remarks
from cases.documents.control_digits import iin_birth, is_iin, is_inn, is_snils
from cases.documents.remark_words import WORDS, sentence
from cases.documents.travel.facts import Born

TODAY = date(2025, 5, 1)
INTERNAL = Kind(
    "RU_INT",
    "RU",
    number_pattern=r"^\d{4}\d{6}$",
    number_example="99 99 999999",
    zone="PN",
    zone_since=date(2011, 7, 1),
)
FIVE = Kind("RU_ZAG5", "RU", years=5, number_pattern=r"^\d{2}\d{7}$", zone="TD3")
TEN = Kind("RU_ZAG10", "RU", years=10, number_pattern=r"^\d{2}\d{7}$", zone="TD3")
ASYLUM = Kind("KZ_ASY", "KZ", months=3)
SNILS, INN, IIN = Kind("RU_SNILS", "RU"), Kind("RU_INN", "RU"), Kind("KZ_IIN", "KZ")
BROKEN = Kind("X", number_pattern="(")


def codes(kind, today=TODAY, **facts):
    return [remark.code for remark in remarks(kind, Facts(**facts), today)]


@pytest.mark.parametrize(
    ("kind", "issued", "expires", "found"),
    [
        (FIVE, date(2020, 5, 2), date(2025, 5, 2), []),
        (FIVE, date(2020, 5, 2), date(2025, 5, 1), []),
        (FIVE, date(2020, 5, 2), date(2025, 6, 2), []),
        (FIVE, date(2020, 5, 2), date(2025, 6, 3), ["validity_longer"]),
        (FIVE, date(2020, 5, 2), date(2030, 5, 2), ["ten_years_without_chip"]),
        (FIVE, date(2021, 5, 2), date(2025, 5, 2), ["validity_shorter"]),
        (TEN, date(2020, 5, 2), date(2030, 5, 2), []),
        (TEN, date(2022, 5, 2), date(2027, 5, 2), ["five_years_with_chip"]),
        (TEN, date(2010, 2, 28), date(2015, 2, 28), ["expired_but_held"]),
        (TEN, date(2010, 3, 1), date(2015, 3, 1), ["five_years_with_chip", "expired_but_held"]),
        (TEN, date(2016, 2, 29), date(2026, 2, 28), []),
        (ASYLUM, date(2025, 4, 1), date(2025, 7, 1), []),
        (ASYLUM, date(2025, 4, 1), date(2025, 5, 20), []),
        (ASYLUM, date(2025, 4, 1), date(2025, 9, 1), ["validity_longer"]),
        (INTERNAL, date(2020, 5, 2), None, []),
    ],
)
def test_validity_fits_the_type(kind, issued, expires, found):
    assert codes(kind, issued=issued, expires=expires) == found


@pytest.mark.parametrize(
    ("kind", "facts", "found"),
    [
        (FIVE, {"chip": True}, ["chip_unexpected"]),
        (FIVE, {"chip": True, "issued": date(2010, 2, 28)}, []),
        (FIVE, {"chip": None}, []),
        (TEN, {"chip": False}, ["chip_missing"]),
        (TEN, {"chip": True}, []),
        (TEN, {"country": "KZ"}, ["country_differs"]),
        (Kind("CTD51"), {"country": "FR"}, []),
        (TEN, {"issued": date(2025, 5, 2)}, ["issued_ahead"]),
        (TEN, {"issued": date(2025, 5, 1)}, []),
        (TEN, {"expires": date(2025, 4, 30)}, ["expired_but_held"]),
        (TEN, {"expires": date(2025, 5, 1)}, []),
        (TEN, {"expires": date(2025, 4, 30), "status": "expired"}, []),
    ],
)
def test_chip_country_and_days(kind, facts, found):
    assert codes(kind, **facts) == found


BORN = Born(date(1998, 2, 1), date(1998, 2, 28))


@pytest.mark.parametrize(
    ("issued", "today", "found"),
    [
        (date(1998, 1, 31), date(2012, 3, 1), ["issued_before_birth"]),
        (date(2012, 1, 31), date(2012, 3, 1), ["issued_before_14"]),
        (date(2012, 2, 1), date(2012, 3, 1), []),
        # Replaced at 20: until 90 days after the last day on which the birthday can have been.
        (date(2012, 3, 1), date(2018, 5, 29), []),
        (date(2012, 3, 1), date(2018, 5, 30), ["not_replaced"]),
        (date(2018, 2, 1), date(2025, 5, 1), []),
        (date(2018, 2, 1), date(2043, 6, 1), ["not_replaced"]),
        (date(2043, 2, 1), date(2043, 6, 1), []),
    ],
)
def test_ages_of_the_internal_passport(issued, today, found):
    assert codes(INTERNAL, today, issued=issued, born=BORN) == found


def test_where_the_age_leaves_a_doubt_nothing_is_said():
    assert codes(INTERNAL, issued=date(1999, 1, 1), born=Born(None, date(1980, 5, 1))) == []
    assert codes(INTERNAL, issued=date(1999, 1, 1)) == []
    assert codes(FIVE, issued=date(2012, 1, 31), born=BORN) == []


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [
        (INTERNAL, "45 14 667788", []),
        (INTERNAL, "4514\u00a0667788", []),
        (INTERNAL, "4514 № 667788", []),
        (INTERNAL, "4514 66778", ["number_form"]),
        (INTERNAL, "", []),
        (FIVE, "75 1234567", []),
        (FIVE, "А5 1234567", ["number_form"]),
        (BROKEN, "anything", []),
    ],
)
def test_number_looks_like_the_example(kind, number, found):
    assert codes(kind, number=number) == found


@pytest.mark.parametrize(
    ("number", "issued", "found"),
    [
        ("4514 667788", date(2014, 6, 1), []),
        ("4514 667788", date(2017, 6, 1), []),
        ("4514 667788", date(2018, 6, 1), ["series_year"]),
        ("4514 667788", date(2010, 6, 1), ["series_year"]),
        ("4598 667788", date(2001, 6, 1), []),
        ("4500 667788", date(1998, 6, 1), []),
        ("4514 667788", None, []),
        ("1234567890", date(2099, 1, 1), ["issued_ahead", "series_year"]),
    ],
)
def test_series_and_year_of_issue(number, issued, found):
    assert codes(INTERNAL, number=number, issued=issued) == found


@pytest.mark.parametrize(
    ("typed", "found"), [("770-001", []), ("", []), ("770001", ["unit_code_form"]), (" 770-001 ", [])]
)
def test_the_code_of_the_office(typed, found):
    assert codes(INTERNAL, unit_code=typed) == found


@pytest.mark.parametrize(
    ("kind", "issued", "found"),
    [
        (INTERNAL, date(2011, 7, 1), []),
        (INTERNAL, date(2011, 6, 30), ["zone_too_early"]),
        (INTERNAL, None, []),
        (TEN, date(2011, 6, 30), []),
        (ASYLUM, None, ["zone_unexpected"]),
    ],
)
def test_whether_there_can_be_a_zone(kind, issued, found):
    assert codes(kind, issued=issued, has_zone=True) == found


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [
        (SNILS, "112-233-445 95", []),
        (SNILS, "112-233-445 96", ["control_digits"]),
        (SNILS, "001-001-998 77", []),
        (SNILS, "112", []),
        (INN, "500100732259", []),
        (INN, "500100732258", ["control_digits"]),
        (IIN, "880415300004", ["control_digits"]),
        (IIN, "881315300007", ["iin_without_birth"]),
    ],
)
def test_control_digits(kind, number, found):
    assert codes(kind, number=number) == found


def test_snils_at_the_edges_of_its_rule():
    # Sums of 100 and 101 are written 00.
    assert is_snils("08765430200")
    assert is_snils("08765430300")
    assert not is_snils("08765430201")


def iin(birth, century, serial="3000"):
    for control in range(10):
        digits = f"{birth}{century}{serial}{control}"
        if is_iin(digits):
            return digits
    return ""


def test_a_kazakh_number_tells_birth_and_has_one_control_digit():
    number = iin("980228", 3)

    assert iin_birth(number) == date(1998, 2, 28)
    assert sum(is_iin(number[:11] + str(digit)) for digit in range(10)) == 1
    assert iin_birth(iin("010101", 6)) == date(2001, 1, 1)
    assert iin_birth("980228" + "0" + "30001") is None


def test_a_kazakh_number_may_tell_another_birth_than_the_sealed_one():
    assert codes(IIN, number=iin("980228", 3), born=BORN) == []
    assert codes(IIN, number=iin("980301", 3), born=BORN) == ["iin_birth_differs"]
    assert codes(IIN, number=iin("980131", 3), born=BORN) == ["iin_birth_differs"]
    assert codes(IIN, number=iin("500131", 3), born=Born(None, date(1980, 1, 1))) == []


def test_a_taxpayer_number_has_one_pair_of_control_digits():
    assert [last for last in range(100) if is_inn(f"5001007322{last:02}")] == [59]


def test_every_remark_has_words_in_which_no_digit_of_the_number_stands():
    number = "4514667788"
    found = [
        *remarks(
            INTERNAL, Facts(number=number + "9", unit_code="1", country="KZ", issued=date(2026, 1, 1)), TODAY
        ),
        *remarks(IIN, Facts(number="123456789012", has_zone=True, born=BORN), TODAY),
        *remarks(FIVE, Facts(issued=date(2020, 1, 1), expires=date(2022, 1, 1)), TODAY),
        *remarks(ASYLUM, Facts(issued=date(2025, 1, 1), expires=date(2025, 9, 1)), TODAY),
        *remarks(INTERNAL, Facts(issued=date(2011, 1, 1), has_zone=True, born=BORN, number=number), TODAY),
    ]
    said = [sentence(remark) for remark in found]

    assert {remark.code for remark in found} <= set(WORDS)
    assert not any("%(" in one for one in said)
    assert not any(part in one for one in said for part in (number[:4], number[4:], "123456"))
    assert "Usually good for 5 years, so until 1 Jan 2025. Look at both dates." in said
    assert "Usually good for 3 months, so until 1 Apr 2025. Look at both dates." in said
    assert "This type is issued by: Russia. Look at the type and the country." in said


def test_clear_and_sealed_remarks_are_the_whole():
    facts = Facts(number="1", issued=date(2026, 1, 1), has_zone=True)

    assert remarks(INTERNAL, facts, TODAY) == [
        *clear_remarks(INTERNAL, facts, TODAY),
        *sealed_remarks(INTERNAL, facts),
    ]
    # The sealed half is never looked at for what is reckoned in clear.
    assert clear_remarks(INTERNAL, facts, TODAY) == clear_remarks(
        INTERNAL, Facts(issued=date(2026, 1, 1)), TODAY
    )


@pytest.mark.parametrize(
    ("birth", "earliest", "latest"),
    [
        ("1998-02-28", date(1998, 2, 1), date(1998, 2, 28)),
        ("2004-11-30", date(2004, 11, 1), date(2004, 11, 30)),
        # Kept alike as the last of December: nobody can tell one from the other afterwards.
        ("2004-12-05", date(2004, 1, 1), date(2004, 12, 31)),
        ("2004", date(2004, 1, 1), date(2004, 12, 31)),
        ("2014-04-09", date(2014, 4, 1), date(2014, 4, 30)),
        # On 29 February nobody of the year 2005 reaches an age: it is reached on 1 March.
        ("2004-02-29", date(2004, 2, 29), date(2004, 3, 31)),
        ("1970-01-01", None, date(1980, 5, 1)),
    ],
)
def test_the_month_of_birth_is_reckoned_back_from_the_age_facts(birth, earliest, latest):
    band, threshold = age_facts(birth, TODAY)

    assert born_between(band, threshold, TODAY) == Born(earliest, latest)


def test_without_an_age_nobody_knows_the_birth():
    assert born_between("", None, TODAY) is None
    assert born_between("20-44", None, TODAY) is None
