import pytest

from cases.documents.zones.kinds import FieldName
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import MRV_A, TD3, TODAY


def check(lines, field):
    zone = read_zone("\n".join(lines), today=TODAY)
    return next(check for check in zone.checks if check.field is field)


def fits(check):
    return [(fit.line, fit.column, fit.read, fit.fits) for fit in check.fits]


def test_a_right_check_digit_needs_no_explanation():
    number = check(TD3, FieldName.NUMBER)

    assert (number.ok, number.expected, number.found, number.fits) == (True, "6", "6", ())
    assert (number.line, number.column) == (2, 10)


@pytest.mark.parametrize(
    ("wrong", "fit"),
    [
        ("L8989O1C4", (2, 6, "O", "0")),
        ("LB988901C4", (2, 2, "B", "8")),
        ("L8988907C4", (2, 8, "7", "1")),
        ("L898B901C4", (2, 5, "B", "8")),
    ],
)
def test_what_would_fit_a_number(wrong, fit):
    lines = (MRV_A[0], wrong.ljust(10, "0")[:10] + MRV_A[1][10:])
    number = check(lines, FieldName.NUMBER)

    assert not number.ok
    if len(wrong) == 10:
        assert fit in fits(number)


def test_a_date_fits_only_another_date():
    lines = (TD3[0], TD3[1].replace("7408122", "7488122"))
    found = fits(check(lines, FieldName.BIRTH))

    assert (2, 16, "8", "0") in found
    assert all(sign.isdecimal() for _, _, _, sign in found)


def test_the_check_digit_itself_may_be_misread():
    lines = (TD3[0], TD3[1].replace("C36UTO", "C38UTO"))

    assert (2, 10, "8", "6") in fits(check(lines, FieldName.NUMBER))
