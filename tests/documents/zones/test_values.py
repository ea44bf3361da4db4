from datetime import date

import pytest

from cases.documents.zones.compose import compose
from cases.documents.zones.digits import check_digit
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.names import Names, split_names, zone_letters
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import FRENCH_CARD, MRV_A, RUS_ABROAD, RUS_INTERNAL, TD1, TD3, TODAY


def values(*lines):
    return read_zone("\n".join(lines), today=TODAY).values


def test_a_passport():
    found = values(*TD3)

    assert (found.code, found.issuer, found.nationality, found.number) == ("P", "UTO", "UTO", "L898902C3")
    assert found.names == Names("ERIKSSON", ("ANNA", "MARIA"))
    assert (found.birth.exact, found.expiry.exact, found.sex) == (date(1974, 8, 12), date(2012, 4, 15), "F")
    assert (found.optional, found.issued, found.unit_code) == (("ZE184226B",), None, "")


def test_a_russian_passport_for_abroad_has_no_patronymic():
    found = values(*RUS_ABROAD)

    assert (found.names, found.number, found.cyrillic) == (
        Names("IMIAREK", ("EVGENII",)),
        "110400000",
        Names(),
    )


def test_the_internal_passport_is_put_together_and_read_back_into_cyrillic():
    found = values(*RUS_INTERNAL)

    assert found.number == "1104000000"
    assert found.names == Names("IM8REK", ("EVGENIQ",), "ALEKSANDROVI3")
    assert found.cyrillic == Names("ИМЯРЕК", ("ЕВГЕНИЙ",), "АЛЕКСАНДРОВИЧ")
    assert (found.issued.exact, found.unit_code, found.expiry) == (date(2004, 12, 17), "292-000", None)


def test_the_old_french_card_holds_its_month_of_issue_and_no_expiry():
    found = values(*FRENCH_CARD)

    assert (found.number, str(found.issued), found.expiry) == ("880692310285", "1988-06-??", None)
    assert found.names == Names("BERTHIER", ("CORINNE",))
    assert found.birth.exact == date(1965, 12, 6)


def test_a_visa():
    found = values(*MRV_A)

    assert (found.number, found.nationality, found.optional) == ("L8988901C", "XXX", ("6ZE184226B",))
    assert found.birth.exact == date(1940, 9, 7)


CARD = {
    **{"surname": "Peeters", "given_names": "An", "issuer": "BEL", "nationality": "BEL", "sex": "F"},
    **{"birth": date(1985, 2, 3), "expiry": date(2031, 2, 3), "optional_2": "85020312345"},
}


@pytest.mark.parametrize("number", ["590012345678", "59001234567", "5900123456", "590012345"])
@pytest.mark.parametrize("optional", ["", "AB"])
def test_long_numbers_run_on_into_the_optional_data(number, optional):
    lines = compose(Kind.TD1, number=number, optional=optional, **CARD)
    zone = read_zone("\n".join(lines), today=TODAY)

    assert (zone.valid, zone.defects) == (True, ())
    assert zone.values.number == number
    assert zone.values.optional == tuple(filter(None, (optional, "85020312345")))
    assert zone.field(FieldName.NUMBER).value == number


def test_a_wrong_long_number_is_named():
    lines = compose(Kind.TD1, number="590012345678", **CARD)
    wrong = lines[0].replace("590012345", "590012346")
    zone = read_zone("\n".join((wrong, *lines[1:])), today=TODAY)

    assert [check.field for check in zone.checks if not check.ok] == [FieldName.NUMBER, FieldName.COMPOSITE]


def test_portugal_counts_the_filler_of_a_long_number():
    # Over the ten signs with the filler the digit is 3, over the others it is 5.
    first = "I<PRT123456789<ZY13<<<<<<<<<<<"
    second = TD1[1][:29].replace("UTO", "PRT")
    composite = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    zone = read_zone("\n".join((first, second + composite, TD1[2])), today=TODAY)
    number = zone.checks[0]

    assert (zone.valid, number.ok, number.column) == (True, True, 19)
    assert zone.values.number == "123456789ZY1"


def test_a_card_without_any_number():
    zone = read_zone("\n".join(compose(Kind.TD1, number="", **CARD)).replace("<0<", "<<<", 1), today=TODAY)

    assert (zone.checks[0].ok, zone.values.number) == (True, "")


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<", Names("ERIKSSON", ("ANNA", "MARIA"))),
        ("DE<BRUIJN<<WILLEKE<<<<<", Names("DE BRUIJN", ("WILLEKE",))),
        ("SUKARNO<<<<<<<<<<<<<<<<", Names("SUKARNO")),
        ("PETROV<<<DMITRIY<<<<<<<", Names("PETROV", ("DMITRIY",))),
        ("<<<<<<<<<<<<<<<<<<<<<<<", Names()),
    ],
)
def test_names_are_split(raw, names):
    assert split_names(raw) == names


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT"),
        ("O'Connor", "OCONNOR"),
        ("Đặng  Thị", "DANG<THI"),
        ("Straße", "STRASSE"),
        ("Łukasz", "LUKASZ"),
        ("Éloïse", "ELOISE"),
        ("Иван", ""),
    ],
)
def test_latin_names_as_zones_write_them(name, letters):
    assert zone_letters(name) == letters
