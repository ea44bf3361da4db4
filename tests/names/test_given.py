from collections import defaultdict

import pytest

from cases.names.given import FORMS, SHORT, is_given
from cases.names.given_names import OTHERS, TABLE
from cases.names.sound import french_sound, sound


def lines():
    for line in TABLE.strip().splitlines():
        full, _, short = line.partition("|")
        yield full.split(), short.split()


@pytest.mark.parametrize(
    "spellings",
    [
        "Александр Aleksandr Alexander Alexandre Oleksandr Aliaksandr",
        "Сергей Sergei Sergey Serguei Serge Serhii Siarhei",
        "Дмитрий Dmitry Dmytro Dzmitry Dimitri",
        "Владимир Vladimir Volodymyr Uladzimir",
        "Пётр Petr Pyotr Peter Pierre Petro",
        "Екатерина Ekaterina Yekaterina Kateryna Catherine",
        "Михаил Mikhail Mihail Michel Michael Mykhailo",
        "Юрий Yuri Yuriy Iurii Yury",
        "Евгений Yevgeny Evgeniy Evgenii Yevhen",
        "Магомед Magomed Mohammed Muhammad",
    ],
)
def test_forms_of_one_name(spellings):
    assert {FORMS[sound(spelling)] for spelling in spellings.split()} == {sound(spellings.split()[0])}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Саша", {"Александр", "Александра"}),
        ("Sasha", {"Александр", "Александра"}),
        ("Sacha", {"Александр", "Александра"}),
        ("Серёжа", {"Сергей"}),
        ("Seryozha", {"Сергей"}),
        ("Женя", {"Евгений", "Евгения"}),
        ("Дима", {"Дмитрий"}),
        ("Катя", {"Екатерина"}),
    ],
)
def test_short_forms(short, full):
    assert SHORT[sound(short)] == {sound(name) for name in full}


@pytest.mark.parametrize(
    "token",
    ["Глеб", "Gleb", "ГЛЕБ", "Миша", "Misha", "Micha", "Nicolas", "Ерлан", "Фатима", "Patimat", "Жан-Люк"],
)
def test_is_given(token):
    assert is_given(token)


@pytest.mark.parametrize("token", ["Лесников", "Lesnikov", "", "Маркович", "47"])
def test_other_words_are_not_given_names(token):
    assert not is_given(token)


def test_no_form_belongs_to_two_names():
    owners = defaultdict(set)
    for full, _ in lines():
        for form in full:
            for heard in (sound(form), french_sound(form)):
                owners[heard].add(sound(full[0]))
    assert {heard: names for heard, names in owners.items() if len(names) > 1} == {}


def test_every_canonical_form_stands_for_itself():
    names = [full[0] for full, _ in lines()] + OTHERS.split()
    assert [name for name in names if FORMS[sound(name)] != sound(name)] == []


def test_no_name_is_entered_twice():
    names = [full[0] for full, _ in lines()] + OTHERS.split()
    assert len(names) == len(set(names))
