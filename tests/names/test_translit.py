import pytest

from cases.names.schemas import Schema
from cases.names.translit import transliterate

NAMES = ("Юрий", "Щукин", "Цветов", "Сергей", "Жилин", "Объездов", "Ильин")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (Schema.MVD310, ("Yuriy", "Shchukin", "Tsvetov", "Sergey", "Zhilin", "Obyezdov", "Il'in")),
        (Schema.MVD310_FRENCH, ("Iourii", "Chtchoukine", "Tsvetov", "Serguei", "Jiline", "Obezdov", "Iline")),
        (Schema.MVD782, ("Yuriy", "Shchukin", "Tsvetov", "Sergey", "Zhilin", "Obyezdov", "Ilyin")),
        (Schema.GOST52535, ("Iurii", "Shchukin", "Tcvetov", "Sergei", "Zhilin", "Obezdov", "Ilin")),
        (Schema.ICAO, ("Iurii", "Shchukin", "Tsvetov", "Sergei", "Zhilin", "Obieezdov", "Ilin")),
        (Schema.BGN, ("Yuriy", "Shchukin", "Tsvetov", "Sergey", "Zhilin", "Ob”yezdov", "Il’in")),
    ],
)
def test_one_name_by_every_table(schema, expected):
    assert tuple(transliterate(name, schema) for name in NAMES) == expected


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        ("Артёмов", Schema.MVD782, "Artyemov"),
        ("Чёткин", Schema.MVD782, "Chetkin"),
        ("Клеёнкин", Schema.MVD782, "Kleyonkin"),
        ("Краевой", Schema.MVD782, "Krayevoy"),
        ("Ёлкин", Schema.MVD782, "Yolkin"),
        ("Соловьёв", Schema.MVD782, "Solovyov"),
        ("Ефимов", Schema.BGN, "Yefimov"),
        ("Ёлкин", Schema.BGN, "Yëlkin"),
        ("Воробьёва", Schema.BGN, "Vorob’yëva"),
        ("Ксения", Schema.MVD310_FRENCH, "Xeniia"),
        ("Тарасов", Schema.MVD310_FRENCH, "Tarassov"),
        ("Гусь", Schema.MVD310_FRENCH, "Gous"),
        ("Васильева", Schema.MVD310_FRENCH, "Vassilieva"),
        ("Гирин", Schema.MVD310_FRENCH, "Guirine"),
    ],
)
def test_letters_that_depend_on_their_neighbours(text, schema, expected):
    assert transliterate(text, schema) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ЩУКИН Юрий", "SHCHUKIN Iurii"),
        ("Щ. Ю. Жилин", "Shch. Iu. Zhilin"),
        ("щукин", "shchukin"),
        ("Озеров-Щукин", "Ozerov-Shchukin"),
        ("Lesnikov, 47", "Lesnikov, 47"),
        ("", ""),
    ],
)
def test_case_and_other_signs_stay(text, expected):
    assert transliterate(text, Schema.ICAO) == expected


def test_the_capital_stays_when_two_letters_become_one():
    assert transliterate("Ксюша", Schema.MVD310_FRENCH) == "Xioucha"
    assert transliterate("КСЮША", Schema.MVD310_FRENCH) == "XIOUCHA"


def test_the_french_ending_follows_the_case_of_the_word():
    assert transliterate("ЩУКИН Инна", Schema.MVD310_FRENCH) == "CHTCHOUKINE Inna"
    assert transliterate("Ин", Schema.MVD310_FRENCH) == "In"
