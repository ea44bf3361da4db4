from datetime import date

import pytest

from cases.documents.zones.compose import compose, compose_internal, internal_names
from cases.documents.zones.dates import PartialDate
from cases.documents.zones.kinds import Kind
from tests.documents.zones.samples import MRV_A, MRV_B, RUS_INTERNAL, TD1, TD2, TD3

ANNA = {
    **{"surname": "Eriksson", "given_names": "Anna Maria", "issuer": "UTO", "sex": "F"},
    **{"birth": date(1974, 8, 12), "expiry": date(2012, 4, 15)},
}
VISITOR = ANNA | {"nationality": "XXX", "birth": date(1940, 9, 7), "expiry": date(1996, 12, 10)}


@pytest.mark.parametrize(
    ("kind", "fields", "lines"),
    [
        (Kind.TD1, ANNA | {"number": "D23145890", "nationality": "UTO"}, TD1),
        (Kind.TD2, ANNA | {"number": "D23145890", "nationality": "UTO"}, TD2),
        (Kind.TD3, ANNA | {"number": "L898902C3", "nationality": "UTO", "optional": "ZE184226B"}, TD3),
        (Kind.MRV_A, VISITOR | {"number": "L8988901C", "optional": "6ZE184226B"}, MRV_A),
        (Kind.MRV_B, VISITOR | {"number": "L8988901C"}, MRV_B),
    ],
)
def test_the_specimens_are_written_as_they_are_printed(kind, fields, lines):
    assert compose(kind, **fields) == lines


def test_the_specimen_of_the_internal_passport():
    assert (
        compose_internal(
            surname="Имярек",
            given_names="Евгений",
            patronymic="Александрович",
            number="11 04 000000",
            birth=date(1982, 9, 12),
            sex="M",
            issued=date(2004, 12, 17),
            unit_code="292-000",
        )
        == RUS_INTERNAL
    )


@pytest.mark.parametrize(
    ("surname", "given", "patronymic", "expected"),
    [
        ("A" * 10, "B" * 5, "C" * 5, "AAAAAAAAAA<<BBBBB<CCCCC"),
        ("A" * 10, "B" * 5, "", "AAAAAAAAAA<<BBBBB"),
        # 37 signs are complete and only the patronymic is cut; from 38 the name is, and an initial follows.
        ("A" * 30, "B" * 5, "CDE", "A" * 30 + "<<BBBBB<C"),
        ("A" * 30, "B" * 6, "CDE", "A" * 30 + "<<BBBBB<C"),
        ("A" * 36, "BCD", "CDE", "A" * 34 + "<<B<C"),
        ("A" * 36, "BCDEF", "", "A" * 34 + "<<BCD"),
    ],
)
def test_long_names_are_cut_by_the_rules_of_the_internal_passport(surname, given, patronymic, expected):
    assert internal_names(surname, given, patronymic) == expected


def test_unknown_parts_of_a_date_are_fillers():
    lines = compose(Kind.TD3, **(ANNA | {"birth": PartialDate(1974), "number": "1", "nationality": "UTO"}))

    assert lines[1][13:20] == "74<<<<1"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Kind.TD3, {"number": "1234567890"}),
        (Kind.TD3, {"optional": "1" * 15}),
        (Kind.TD3, {"issuer": "UTOP"}),
        (Kind.TD3, {"issuer": "U1"}),
        (Kind.TD3, {"number": "№ 1"}),
        (Kind.TD1, {"number": "1" * 24}),
        (Kind.RUS_INTERNAL, {}),
        (Kind.FRA_OLD_CARD, {}),
    ],
)
def test_what_does_not_fit_is_refused(kind, change):
    with pytest.raises(ValueError):
        compose(kind, **(ANNA | {"number": "1", "nationality": "UTO"} | change))


def test_an_internal_number_has_ten_digits():
    with pytest.raises(ValueError):
        compose_internal(
            surname="Имярек",
            given_names="Евгений",
            number="11 04 00000",
            birth=date(1982, 9, 12),
            sex="M",
            issued=date(2004, 12, 17),
            unit_code="292-000",
        )
