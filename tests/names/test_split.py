import pytest

from cases.names.split import Parts, first_name, split


@pytest.mark.parametrize(
    ("full_name", "family", "given", "patronymic"),
    [
        ("Глеб Лесников", "Лесников", "Глеб", ""),
        ("Лесников Глеб", "Лесников", "Глеб", ""),
        ("Лесников Глеб Маркович", "Лесников", "Глеб", "Маркович"),
        ("Глеб Маркович Лесников", "Лесников", "Глеб", "Маркович"),
        ("Gleb Markovich Lesnikov", "Lesnikov", "Gleb", "Markovich"),
        ("Lesnikov Gleb Markovich", "Lesnikov", "Gleb", "Markovich"),
        ("LESNIKOV Gleb", "LESNIKOV", "Gleb", ""),
        ("Gleb LESNIKOV", "LESNIKOV", "Gleb", ""),
        ("Gleb Markovich LESNIKOV", "LESNIKOV", "Gleb", "Markovich"),
        ("LESNIKOV OZEROV Gleb", "LESNIKOV OZEROV", "Gleb", ""),
        ("LESNIKOV GLEB", "LESNIKOV", "GLEB", ""),
        ("Lesnikov, Gleb", "Lesnikov", "Gleb", ""),
        ("Лесников, Глеб Маркович", "Лесников", "Глеб", "Маркович"),
        ("Лесникова Анна Марковна", "Лесникова", "Анна", "Марковна"),
        ("ЛІСОВА Ганна Марківна", "ЛІСОВА", "Ганна", "Марківна"),
        ("Рабинович Олег Маркович", "Рабинович", "Олег", "Маркович"),
        ("Олег Маркович Рабинович", "Рабинович", "Олег", "Маркович"),
        ("Глеб Маркович", "", "Глеб", "Маркович"),
        ("Чернов Фёдор Ильич", "Чернов", "Фёдор", "Ильич"),
        ("Ким Виктор", "Ким", "Виктор", ""),
        ("Виктор Ким", "Ким", "Виктор", ""),
        ("Константин Лисин", "Лисин", "Константин", ""),
        ("Озеров-Лесников Глеб", "Озеров-Лесников", "Глеб", ""),
        ("ван дер Линден Марк", "ван дер Линден", "Марк", ""),
        ("Жан-Люк Мартен", "Мартен", "Жан-Люк", ""),
        ("Лесников Дауд", "Лесников", "Дауд", ""),
        ("Дауд Лесников", "Лесников", "Дауд", ""),
        ("Ахметов Нурлан Серікұлы", "Ахметов", "Нурлан", "Серікұлы"),
        ("Джафаров Эльдар Али оглы", "Джафаров", "Эльдар", "Али оглы"),
        ("ДЖАФАРОВ Эльдар Али оглы", "ДЖАФАРОВ", "Эльдар", "Али оглы"),
        ("Г. М. ЛЕСНИКОВ", "ЛЕСНИКОВ", "Г. М.", ""),
        ("Г. М. Лесников", "Лесников", "Г. М.", ""),
        ("Лесников", "Лесников", "", ""),
        ("LESNIKOVA", "LESNIKOVA", "", ""),
        ("Глеб", "", "Глеб", ""),
        ("Саша", "", "Саша", ""),
        ("Марина", "", "Марина", ""),
        ("Дауд", "", "Дауд", ""),
        ("", "", "", ""),
        ("  ", "", "", ""),
    ],
)
def test_split(full_name, family, given, patronymic):
    assert split(full_name) == Parts(family, given, patronymic)


def test_no_word_is_lost_and_none_is_added():
    for name in ("Лесников Глеб Маркович", "van der Linden Mark", "A B C D E", "ABC def GHI jkl"):
        parts = split(name)
        assert sorted(f"{parts.family} {parts.given} {parts.patronymic}".split()) == sorted(name.split())


def test_spaces_of_any_kind_part_words():
    assert split("Лесников\u00a0 Глеб\t") == Parts("Лесников", "Глеб")


@pytest.mark.parametrize(
    ("full_name", "expected"),
    [
        ("Лесников Глеб Маркович", "Глеб"),
        ("LESNIKOVA Anna", "Anna"),
        ("Саша", "Саша"),
        ("Лесников", ""),
        ("", ""),
    ],
)
def test_first_name(full_name, expected):
    assert first_name(full_name) == expected


def test_nothing_of_a_name_shows_in_a_representation():
    assert "Лесников" not in repr(split("Лесников Глеб"))
