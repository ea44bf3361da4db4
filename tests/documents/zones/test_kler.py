import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.documents.zones.kler import respell, split_patronymic, to_cyrillic, to_kler

RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Имярек", "IM8REK"),
        ("Евгений", "EVGENIQ"),
        ("Александрович", "ALEKSANDROVI3"),
        ("Щукина", "WUKINA"),
        ("Ильинична", "IL9INI3NA"),
        ("Чёрная-Юдина", "32RNA8<7DINA"),
        ("Цховребов", "CHOVREBOV"),
        ("Али оглы", "ALI<OGLY"),
        ("", ""),
    ],
)
def test_names_as_the_internal_passport_writes_them(cyrillic, latin):
    assert to_kler(cyrillic) == latin


@given(st.text(alphabet=RUSSIAN, min_size=1))
def test_the_table_can_be_read_back(word):
    assert to_cyrillic(to_kler(word)) == word


def test_every_letter_has_a_sign_of_its_own():
    assert len({to_kler(letter) for letter in RUSSIAN}) == 33


@pytest.mark.parametrize(
    ("foreign", "kler"),
    [
        ("IVANOVICH", "IVANOVI3"),
        ("ILINICHNA", "ILINI3NA"),
        ("SHCHUKINA", "WUKINA"),
        ("ZHUKOV", "JUKOV"),
        ("DZHAMAL", "DJAMAL"),
        ("YURII", "7RIQ"),
        ("EVGENII", "EVGENIQ"),
        ("EVGENIY", "EVGENIQ"),
        ("MARIIA", "MARI8"),
        ("CHAIKOVSKAIA", "CHAIKOVSKA8"),
    ],
)
def test_spellings_for_abroad_are_seen(foreign, kler):
    assert respell(foreign) == kler


@pytest.mark.parametrize(
    "name",
    ["Цховребов", "Бекхан", "Азхар", "Диана", "Мария", "Евгений", "Схимник", "Иванович", "Лия", "Детский"],
)
def test_true_names_are_left_alone(name):
    assert respell(to_kler(name)) == to_kler(name)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ((), "")),
        (("EVGENIQ",), (("EVGENIQ",), "")),
        (("IVANOVI3",), ((), "IVANOVI3")),
        (("EVGENIQ", "ALEKSANDROVI3"), (("EVGENIQ",), "ALEKSANDROVI3")),
        (("EVGENIQ", "ALEKSAN"), (("EVGENIQ",), "ALEKSAN")),
        (("ANNA", "MARI8", "IVANOVNA"), (("ANNA", "MARI8"), "IVANOVNA")),
        (("RASUL", "ALI", "OGLY"), (("RASUL",), "ALI OGLY")),
    ],
)
def test_the_patronymic_is_the_last_word(words, expected):
    assert split_patronymic(words) == expected
