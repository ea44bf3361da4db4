from datetime import date

import pytest

from cases.documents.zones.compose import compose_internal
from cases.documents.zones.digits import check_digit
from cases.documents.zones.kinds import Verdict
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import RUS_INTERNAL, TODAY

PERSON = {
    **{
        "surname": "Щукин",
        "given_names": "Юрий",
        "patronymic": "Ильич",
        "number": "45 11 123456",
        "sex": "M",
    },
    **{"birth": date(1990, 5, 17), "issued": date(2011, 8, 2), "unit_code": "770-045"},
}


def closed(first, second):
    """The second line with its check digits put right, so that only the layout can be wrong."""
    second = second[:9] + check_digit(second[:9]) + second[10:42] + check_digit(second[28:42])
    return first, second + check_digit(second[:10] + second[13:20] + second[21:43])


def read(first, second):
    return read_zone(f"{first}\n{second}", today=TODAY)


def named(zone):
    return [(finding.defect.name, finding.field.name) for finding in zone.defects]


def test_a_composed_one_is_valid():
    zone = read(*compose_internal(**PERSON))

    assert (zone.verdict, zone.defects) == (Verdict.VALID, ())
    assert zone.values.number == "4511123456"
    assert zone.lines[0].startswith("PNRUSWUKIN<<7RIQ<IL9I3<")


def test_right_check_digits_do_not_prove_the_layout():
    first, second = compose_internal(**PERSON)
    wrong = closed(
        first.replace("IL9I3<<<", "ILICH<<<"), second[:27] + "0" + second[28] + "770045110802" + second[41:]
    )
    zone = read(*wrong)

    assert (zone.verdict, zone.check_digits_hold) == (Verdict.DOUBTFUL, True)
    assert named(zone) == [
        ("NOT_KLER", "NAMES"),
        ("FILLER_EXPECTED", "EXPIRY"),
        ("UNIT_BEFORE_DATE", "ISSUED"),
    ]
    assert zone.defects[0].parameters == {"found": "ILICH", "expected": "ILI3"}
    assert (zone.defects[0].line, zone.defects[0].column) == (1, 18)


@pytest.mark.parametrize(
    ("issued", "unit", "expected"),
    [
        ("271301", "770045", [("DATE_IMPOSSIBLE", "ISSUED")]),
        ("110800", "770045", [("DATE_CHARACTERS", "ISSUED")]),
        ("970930", "770045", [("ISSUE_IMPLAUSIBLE", "ISSUED")]),
        ("040516", "770045", [("ISSUE_IMPLAUSIBLE", "ISSUED")]),
        ("040517", "770045", []),
        ("261123", "770045", [("ISSUE_IMPLAUSIBLE", "ISSUED")]),
        ("261122", "770045", []),
        ("110802", "000045", [("UNIT_CODE", "UNIT_CODE")]),
        ("110802", "770O45", [("CHARACTER_KIND", "UNIT_CODE")]),
    ],
)
def test_date_of_issue_and_unit_code(issued, unit, expected):
    first, second = compose_internal(**PERSON)
    zone = read(*closed(first, second[:29] + issued + unit + second[41:]))

    assert [name for name in named(zone) if name[0] != "CHARACTER_KIND"] == [
        name for name in expected if name[0] != "CHARACTER_KIND"
    ]


def test_a_letter_in_the_unit_code_is_read_as_the_digit():
    first, second = RUS_INTERNAL
    zone = read(first, second.replace("292000", "2920O0"))

    assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, RUS_INTERNAL)
    assert ("CHARACTER_KIND", "UNIT_CODE") in named(zone)


def test_an_expiry_is_a_defect():
    first, second = RUS_INTERNAL
    zone = read(*closed(first, second[:21] + "3001017" + second[28:]))

    assert named(zone) == [("FILLER_EXPECTED", "EXPIRY")] * 7


@pytest.mark.parametrize("sign", "015")
def test_three_digits_are_no_letters(sign):
    zone = read(RUS_INTERNAL[0].replace("IM8REK", f"IM8RE{sign}"), RUS_INTERNAL[1])

    assert ("CHARACTER_KIND", "NAMES") in named(zone)
    assert zone.verdict is Verdict.CORRECTED


def test_another_states_passport_of_that_code_is_an_ordinary_one():
    first, second = RUS_INTERNAL
    zone = read(first.replace("PNRUS", "PNUTO"), second)

    assert zone.kind == "TD3"
