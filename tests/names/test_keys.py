import pytest

from cases.names.keys import asking_keys, filing_keys, french_key, french_keys, key, keys, repair
from cases.names.prepared import prepare
from cases.names.schemas import Schema
from cases.names.translit import transliterate

PEOPLE = (
    "Щукин Юрий Евгеньевич",
    "Цветаева-Жилина Ксения Юрьевна",
    "Чернышёв Фёдор Ильич",
    "Объездов Артём Аркадьевич",
    "Соловьёва Наталья Николаевна",
    "Хлебников Дмитрий Алексеевич",
    "Ёлкин Савелий Сергеевич",
    "Майский Никита Яковлевич",
)
RUSSIAN_PAPERS = (Schema.MVD310, Schema.MVD782, Schema.GOST52535, Schema.ICAO)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("schema", RUSSIAN_PAPERS)
def test_the_papers_of_every_period_give_one_key(person, schema):
    assert keys(transliterate(person, schema)) == keys(person)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_french_reading_meets_the_cyrillic_key(person):
    assert french_keys(transliterate(person, Schema.MVD310_FRENCH)) == keys(person)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("Щукин", "Sukin"),
        ("Oleksandr", "alexandr"),
        ("Alexandre", "alexandr"),
        ("Siarhei", "serge"),
        ("Жилин", "Zilin"),
        ("", ""),
    ],
)
def test_key(token, expected):
    assert key(token) == expected


def test_french_key():
    assert french_key("Chtchoukine") == key("Щукин")
    assert french_key("Grégoire") == key("Григорий")


def test_the_order_of_words_does_not_count():
    assert keys("Щукин Юрий") == keys("Юрий ЩУКИН") == ("Sukin", "uri")


def test_words_that_no_key_can_be_made_of_are_left_out():
    assert keys("李 Lesnikov") == ("lesnikov",)
    assert keys("") == ()


def test_cyrillic_needs_no_french_reading():
    assert french_keys("Щукин Юрий") == ()
    assert french_keys("Щукин Iouri") == ()


def test_repair_belongs_to_the_keys():
    assert key(repair("Лесникoв")) == key("Лесникoв") == key("Lesnikov")


@pytest.mark.parametrize(
    "pair",
    ["Лесников Глеб|Лесников Олег", "Щукин Юрий|Щукина Юлия", "Орлов Марк Ильич|Орлов Марк Львович"],
)
def test_different_people_have_different_keys(pair):
    first, second = pair.split("|")
    assert keys(first) != keys(second)


@pytest.mark.parametrize(
    "pair",
    [
        "Щукин|Юрий Chtchoukine",
        "Щукин|Iurii SHCHUKIN",
        "Лаховский|Lachovsky",
        "Косолапов|Ivan Kasalapau",
        "Ivan Kasalapau|Косолапов",
        "Ivan Kasalapau|Kosolapov",
        "Лис Юрий Николаевич|Gleb Mykolaiovych Orlov",
    ],
)
def test_what_is_asked_meets_what_is_filed(pair):
    asked, filed = pair.split("|")
    assert not asking_keys(asked).isdisjoint(filing_keys(filed))


@pytest.mark.parametrize("pair", ["Косолапов|Касалапов", "Щукин|Щупин", "Лесников|Lesnenko"])
def test_what_is_asked_does_not_meet_another_name(pair):
    asked, filed = pair.split("|")
    assert asking_keys(asked).isdisjoint(filing_keys(filed))


def test_index_keys_take_a_prepared_name_and_hold_its_keys():
    assert filing_keys(prepare("Щукин Юрий")) == filing_keys("Щукин Юрий")
    assert set(keys("Щукин Юрий")) <= filing_keys("Щукин Юрий") & asking_keys("Щукин Юрий")
    assert filing_keys("") == asking_keys("") == frozenset()
