import time

import pytest

from cases.documents.zones.compose import compose
from cases.documents.zones.defects import Defect, Grade, Repair
from cases.documents.zones.digits import check_digit
from cases.documents.zones.kinds import FieldName, Kind, Verdict
from cases.documents.zones.read import LONGEST, read_zone
from tests.documents.zones.samples import MRV_A, RUS_ABROAD, SPECIMENS, TD1, TD3, TODAY


def read(*lines):
    return read_zone("\n".join(lines), today=TODAY)


def named(findings):
    return [(finding.defect.name, finding.field and finding.field.name) for finding in findings]


def replaced(lines, line, column, sign):
    """The zone with other signs from a column on, counted from 1."""
    changed = list(lines)
    text = changed[line - 1]
    changed[line - 1] = text[: column - 1] + sign + text[column - 1 + len(sign) :]
    return changed


@pytest.mark.parametrize("name", SPECIMENS)
def test_specimens_are_valid_as_they_stand(name):
    zone = read(*SPECIMENS[name])

    assert (zone.verdict, zone.defects, zone.repairs) == (Verdict.VALID, (), ())
    assert zone.lines == SPECIMENS[name]
    assert all(check.ok for check in zone.checks)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("TD1", Kind.TD1),
        ("TD2", Kind.TD2),
        ("TD3", Kind.TD3),
        ("MRV-A", Kind.MRV_A),
        ("MRV-B", Kind.MRV_B),
        ("RUS abroad", Kind.TD3),
        ("RUS internal", Kind.RUS_INTERNAL),
        ("FRA old card", Kind.FRA_OLD_CARD),
    ],
)
def test_the_kind_is_known_by_shape_and_first_letters(name, kind):
    assert read(*SPECIMENS[name]).kind is kind


@pytest.mark.parametrize(
    ("line", "column", "sign", "failing"),
    [
        (2, 10, "7", ["NUMBER", "COMPOSITE"]),
        (2, 14, "8", ["BIRTH", "COMPOSITE"]),
        (2, 28, "8", ["EXPIRY", "COMPOSITE"]),
        (2, 43, "2", ["OPTIONAL", "COMPOSITE"]),
        (2, 44, "1", ["COMPOSITE"]),
        (2, 44, "<", ["COMPOSITE"]),
        (2, 43, "<", ["OPTIONAL", "COMPOSITE"]),
    ],
)
def test_every_check_digit_of_a_passport_is_held(line, column, sign, failing):
    zone = read(*replaced(TD3, line, column, sign))

    assert zone.verdict is Verdict.INVALID
    assert named(zone.defects) == [("CHECK_DIGIT", field) for field in failing]
    assert [check.field.name for check in zone.checks if not check.ok] == failing


@pytest.mark.parametrize("last", ["0", "<"])
def test_the_optional_check_digit_of_empty_data_may_be_a_filler(last):
    line = RUS_ABROAD[1][:42] + last
    composite = check_digit(line[:10] + line[13:20] + line[21:43])

    assert read(RUS_ABROAD[0], line + composite).valid


def test_a_finding_says_where_and_what():
    finding = read(*replaced(TD3, 2, 10, "7")).defects[0]

    assert (finding.line, finding.column) == (2, 10)
    assert finding.parameters == {"found": "7", "expected": "6"}


@pytest.mark.parametrize("column", [29, 36, 43, 44])
def test_visas_have_no_check_digit_over_the_optional_data(column):
    assert read(*replaced(MRV_A, 2, column, "7")).valid


@pytest.mark.parametrize("code", ["P<", "PP", "PD", "PM", "PT", "PN", "PX"])
def test_a_passport_code_has_any_second_letter(code):
    zone = read(code + TD3[0][2:], TD3[1])

    assert (zone.valid, zone.kind) == (True, Kind.TD3)


@pytest.mark.parametrize(
    ("line", "column", "sign", "defect", "grade"),
    [
        (2, 21, "R", "SEX_UNKNOWN", Grade.REMARK),
        (1, 3, "QQQ", "STATE_UNKNOWN", Grade.REMARK),
        (2, 11, "QQQ", "STATE_UNKNOWN", Grade.REMARK),
        (1, 1, "X", "CODE_UNUSUAL", Grade.REMARK),
        (1, 6, "<", "NAME_MISSING", Grade.DOUBT),
        (1, 13, "<<<", "NAME_GAP", Grade.REMARK),
        (1, 26, "ABCDEFGHIJABCDEFGHI", "NAME_CUT", Grade.REMARK),
    ],
)
def test_what_no_check_digit_covers_is_named(line, column, sign, defect, grade):
    zone = read(*replaced(TD3, line, column, sign))

    assert [finding.defect.name for finding in zone.defects] == [defect]
    assert zone.defects[0].defect.grade is grade
    assert zone.verdict is (Verdict.DOUBTFUL if grade is Grade.DOUBT else Verdict.VALID)


def test_a_day_that_does_not_exist_is_doubtful_though_the_digits_hold():
    lines = replaced(TD1, 2, 1, "740231" + check_digit("740231"))
    composite = check_digit(lines[0][5:] + lines[1][:7] + lines[1][8:15] + lines[1][18:29])
    zone = read(lines[0], lines[1][:29] + composite, lines[2])

    assert (zone.verdict, zone.check_digits_hold) == (Verdict.DOUBTFUL, True)
    assert named(zone.defects) == [("DATE_IMPOSSIBLE", "BIRTH")]
    assert zone.values.birth is None


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("", Defect.NO_ZONE),
        ("\n \t\n", Defect.NO_ZONE),
        ("\u200b", Defect.NO_ZONE),
        ("Hello, this is no zone", Defect.NO_ZONE),
        ("One line\nand another line of plain text", Defect.NO_ZONE),
        ("x" * (LONGEST + 1), Defect.TOO_LONG),
    ],
)
def test_a_text_that_is_no_zone_gets_one_answer(text, defect):
    zone = read_zone(text, today=TODAY)

    assert [finding.defect for finding in zone.defects] == [defect]
    assert (zone.kind, zone.verdict, zone.fields, zone.checks) == (None, Verdict.INVALID, (), ())
    assert (zone.values.number, zone.field(FieldName.NUMBER)) == ("", None)


def test_ten_megabytes_are_refused_at_once():
    text = "P<UTO" * 2_000_000
    start = time.perf_counter()

    assert read_zone(text, today=TODAY).defects[0].defect is Defect.TOO_LONG
    assert time.perf_counter() - start < 0.01


@pytest.mark.parametrize(
    ("lines", "lengths"),
    [
        ((TD3[0][:43], TD3[1]), [(1, "43", "44")]),
        ((TD3[0] + "<", TD3[1][:40]), [(1, "45", "44"), (2, "40", "44")]),
        ((TD1[0], TD1[1], TD1[2][:28]), [(3, "28", "30")]),
        ((TD3[0] + "ABCDEFGH", TD3[1] + "12345678"), [(1, "52", "44"), (2, "52", "44")]),
    ],
)
def test_wrong_lengths_are_named_line_by_line(lines, lengths):
    zone = read(*lines)

    assert not zone.valid
    assert [
        (found.line, found.parameters["found"], found.parameters["expected"])
        for found in zone.defects
        if found.defect is Defect.LENGTH
    ] == lengths


def test_fields_say_what_stands_where_and_what_it_means():
    field = read(*TD3).field(FieldName.BIRTH)

    assert (field.raw, field.value, field.line, field.column) == ("740812", "1974-08-12", 2, 14)
    assert field.explanation == FieldName.BIRTH.meaning
    assert [found.value for found in read(*TD3).fields] == [
        *(
            "P",
            "UTO",
            "ERIKSSON  ANNA MARIA",
            "L898902C3",
            "UTO",
            "1974-08-12",
            "F",
            "2012-04-15",
            "ZE184226B",
        )
    ]


def test_nothing_personal_is_shown_by_accident():
    zone = read(*replaced(TD3, 2, 10, "7"))
    shown = repr(
        [zone, zone.values, zone.values.names, zone.fields, zone.checks, zone.defects, Repair("case")]
    )

    assert not any(part in shown for part in ("ERIKSSON", "898902", "740812", "ANNA"))


def test_every_defect_has_a_code_and_a_meaning():
    assert len({defect.code for defect in Defect}) == len(Defect)
    assert all(defect.meaning.endswith(".") for defect in Defect)


@pytest.mark.parametrize("nationality", ["XXA", "XXB", "XXC", "XXX", "UTO", "D", "RUS", "GBD", "RKS", "EUE"])
def test_codes_that_are_no_country(nationality):
    lines = compose(
        Kind.TD3,
        surname="Doe",
        number="X1234567",
        issuer="D",
        nationality=nationality,
        birth=TODAY.replace(year=1990),
        expiry=TODAY.replace(year=2030),
    )
    zone = read(*lines)

    assert (zone.valid, zone.defects, zone.values.nationality) == (True, (), nationality)
    assert zone.values.refugee == (nationality in ("XXB", "XXC"))
    assert zone.values.stateless == (nationality == "XXA")
