from datetime import date

import pytest

from cases.documents.zones.agreement import Agreement
from cases.documents.zones.compare import compare
from cases.documents.zones.compose import compose
from cases.documents.zones.dates import PartialDate
from cases.documents.zones.kinds import Kind
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import FRENCH_CARD, RUS_ABROAD, RUS_INTERNAL, TD3, TODAY

ABROAD = {
    **{"issuer": "RUS", "nationality": "RUS", "number": "751234567", "sex": "M"},
    **{"birth": date(1990, 5, 17), "expiry": date(2031, 5, 17)},
}


def zone(*lines):
    return read_zone("\n".join(lines), today=TODAY)


def passport(**fields):
    return zone(*compose(Kind.TD3, **(ABROAD | fields)))


def answer(read, **typed):
    (found,) = compare(read, typed)
    return found


@pytest.mark.parametrize(
    ("surname", "typed", "agreement", "scheme"),
    [
        ("Lesnikov", "Lesnikov", Agreement.SAME, ""),
        ("Lesnikov", "LESNIKOV ", Agreement.SAME, ""),
        ("Lesnikov", "Лесников", Agreement.TRANSLITERATED, "icao"),
        ("Shchukin", "Щукин", Agreement.TRANSLITERATED, "icao"),
        ("Chtchoukine", "Щукин", Agreement.TRANSLITERATED, "mvd310fr"),
        ("Tcvetkov", "Цветков", Agreement.TRANSLITERATED, "gost52535"),
        ("Yuryev", "Юрьев", Agreement.TRANSLITERATED, "mvd310"),
        ("Chukin", "Щукин", Agreement.SOUNDS_ALIKE, ""),
        ("Lesnikov", "Лисников", Agreement.DIFFERS, ""),
        ("Petrov-Vodkin", "Петров-Водкин", Agreement.TRANSLITERATED, "icao"),
        ("Petrov", "Петров-Водкин", Agreement.SHORTER, "icao"),
        ("Muller", "Müller", Agreement.SOUNDS_ALIKE, ""),
        ("Mueller", "Müller", Agreement.SAME, ""),
    ],
)
def test_surnames(surname, typed, agreement, scheme):
    found = answer(passport(surname=surname, given_names="Ivan"), surname=typed)

    assert (found.agreement, found.scheme) == (agreement, scheme)


def test_a_difference_is_shown_where_it_begins():
    found = answer(passport(surname="Lesnikov"), surname="Лисников")

    assert (found.zone, found.expected, found.at) == ("LESNIKOV", "LISNIKOV", 1)


@pytest.mark.parametrize("typed", ["Sergei", "Sergey", "Serguei"])
def test_latin_spellings_of_one_name_sound_alike(typed):
    found = answer(passport(surname="Lesnikov", given_names="Sergej"), given_names=typed)

    assert found.agreement is Agreement.SOUNDS_ALIKE


def test_the_patronymic_is_no_difference_where_the_zone_has_none():
    read = zone(*RUS_ABROAD)

    assert answer(read, given_names="Евгений Александрович").agreement is Agreement.SHORTER
    assert answer(read, patronymic="Александрович").agreement is Agreement.NOT_IN_ZONE


@pytest.mark.parametrize(
    ("field", "typed", "agreement", "scheme"),
    [
        ("surname", "Имярек", Agreement.TRANSLITERATED, "kler"),
        ("surname", "IM8REK", Agreement.SAME, ""),
        ("surname", "Imiarek", Agreement.TRANSLITERATED, "icao"),
        ("surname", "Imyarek", Agreement.TRANSLITERATED, "mvd310"),
        ("surname", "Имярёк", Agreement.TRANSLITERATED, "kler"),
        ("surname", "Имярик", Agreement.DIFFERS, ""),
        ("given_names", "Евгений", Agreement.TRANSLITERATED, "kler"),
        ("patronymic", "Александрович", Agreement.TRANSLITERATED, "kler"),
        ("patronymic", "Алексеевич", Agreement.DIFFERS, ""),
        ("number", "11 04 000000", Agreement.SAME, ""),
        ("number", "1104 № 000001", Agreement.DIFFERS, ""),
        ("birth", date(1982, 9, 12), Agreement.SAME, ""),
        ("issued", "2004-12-17", Agreement.SAME, ""),
        ("issued", "2004-12-18", Agreement.DIFFERS, ""),
        ("issued", "17.12.2004", Agreement.DIFFERS, ""),
        ("expiry", "2030-01-01", Agreement.NOT_IN_ZONE, ""),
    ],
)
def test_an_internal_passport(field, typed, agreement, scheme):
    found = answer(zone(*RUS_INTERNAL), **{field: typed})

    assert (found.field, found.agreement, found.scheme) == (field, agreement, scheme)


def test_a_name_cut_off_by_the_width_is_no_difference():
    long = "Константинопольскобогородский"
    read = passport(surname="Konstantinopolskobogorodskii", given_names="Viacheslav Vsevolod")

    assert answer(read, given_names="Вячеслав Всеволод").agreement is Agreement.SHORTER
    assert answer(read, surname=long).agreement is Agreement.TRANSLITERATED


def test_partial_dates_agree_in_what_is_known():
    read = passport(surname="Doe", birth=PartialDate(1990, 5))

    assert answer(read, birth="1990-05-17").agreement is Agreement.PARTIAL
    assert answer(read, birth="1990-06-17").agreement is Agreement.DIFFERS
    assert answer(zone(*FRENCH_CARD), issued="1988-06-15").agreement is Agreement.PARTIAL


def test_a_cyrillic_letter_in_a_number_is_the_latin_one_it_looks_like():
    assert answer(zone(*TD3), number="L898902С3").agreement is Agreement.SAME


def test_all_fields_at_once_in_their_order():
    found = compare(
        zone(*TD3),
        {"expiry": "2012-04-15", "surname": "Eriksson", "given_names": "", "number": "L 898902 C3"},
    )

    assert [(one.field, one.agreement) for one in found] == [
        ("surname", Agreement.SAME),
        ("number", Agreement.SAME),
        ("expiry", Agreement.SAME),
    ]


def test_nothing_can_be_compared_with_what_is_no_zone():
    found = compare(zone("rubbish"), {"surname": "Doe", "number": "1", "birth": "1990-01-01"})

    assert {one.agreement for one in found} == {Agreement.NOT_IN_ZONE}


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="colour"):
        compare(zone(*TD3), {"colour": "red"})


def test_what_was_typed_is_not_shown_by_accident():
    assert "ERIKSSON" not in repr(compare(zone(*TD3), {"surname": "ERIKSSON"}))
