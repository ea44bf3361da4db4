import pytest

from cases.names.patronymic import father, find_patronymic, is_particle
from cases.names.sound import sound


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лесников Глеб Маркович", 2),
        ("Лесникова Анна Марковна", 2),
        ("Глеб Маркович Лесников", 1),
        ("Gleb Markovich Lesnikov", 1),
        ("Gleb Markovitch Lesnikov", 1),
        ("Hlib Markovych Lesnikov", 1),
        ("Ганна Марківна Лісова", 1),
        ("Hanna Markauna Lesnikava", 1),
        ("Чернов Фёдор Ильич", 2),
        ("Чернов Фёдор Кузьмич", 2),
        ("Чернова Ольга Никитична", 2),
        ("Чернова Ольга Ильинична", 2),
        ("Ахметов Нурлан Серікұлы", 2),
        ("Ахметова Айгуль Серікқызы", 2),
        ("Олег Маркович Рабинович", 1),
        ("Рабинович Олег Маркович", 2),
        ("Рабинович Олег", None),
        ("Лесников Глеб", None),
        ("Ильин Глеб", None),
        ("", None),
    ],
)
def test_find_patronymic(name, expected):
    assert find_patronymic([sound(word) for word in name.split()]) == expected


@pytest.mark.parametrize("token", ["оглы", "ogly", "oglu", "кызы", "kyzy", "qızı", "улы", "uly"])
def test_particles(token):
    assert is_particle(token)


@pytest.mark.parametrize("token", ["Оглоблин", "Маркович", ""])
def test_other_words_are_no_particles(token):
    assert not is_particle(token)


@pytest.mark.parametrize(
    "spellings",
    [
        "Николаевич Nikolaevich Mykolaiovych Mikalaevich Nicolaïevitch",
        "Михайловна Mykhailivna Mikhailauna Міхайлаўна",
        "Александрович Oleksandrovych Aliaksandravich",
        "Валентинович Valentynovych",
        "Яковлевич Якаўлевіч Yakovlevych",
        "Львович Lvovich Lvovych",
        "Петрович Piatrovich Petrovych",
        "Никитична Nikitichna",
    ],
)
def test_a_father_is_known_by_any_spelling(spellings):
    first, *others = [father(sound(spelling)) for spelling in spellings.split()]
    assert first
    assert set(others) == {first}


@pytest.mark.parametrize(
    ("first", "second"), [("Маркович", "Марковна"), ("Маркович", "Максимович"), ("Ильич", "Львович")]
)
def test_fathers_and_children_are_told_apart(first, second):
    assert father(sound(first)) != father(sound(second))


@pytest.mark.parametrize("token", ["Лесников", "Рабинович", "Ич", ""])
def test_what_names_no_known_father(token):
    assert father(sound(token)) == ""
