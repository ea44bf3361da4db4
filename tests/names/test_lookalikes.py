import pytest

from cases.names.lookalikes import TO_CYRILLIC, TO_LATIN, is_cyrillic, is_latin, repair

LATIN_I, LATIN_A, LATIN_O, LATIN_E = "i", "a", "o", "e"
CYRILLIC_A, CYRILLIC_O, CYRILLIC_S, CYRILLIC_IE = "а", "о", "с", "е"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (f"Андр{LATIN_I}й", "Андрій"),
        (f"Лесник{LATIN_O}в", "Лесников"),
        (f"ЛЕСНИК{'O'}В", "ЛЕСНИКОВ"),
        ("Бepёза", "Берёза"),
        ("Берëза", "Берёза"),
        ("Лесникóв", "Лесников"),
        ("ВEPXОВ", "ВЕРХОВ"),
        ("Мapĸ", "Марк"),
        ("ТИХOНОB", "ТИХОНОВ"),
    ],
)
def test_latin_letters_in_a_cyrillic_word(token, expected):
    assert repair(token) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (f"Lesnik{CYRILLIC_O}v", "Lesnikov"),
        (f"Gr{CYRILLIC_A}nin", "Granin"),
        (f"LE{'С'}NIKOV", "LECNIKOV"),
        (f"Iv{CYRILLIC_A}n{CYRILLIC_O}v", "Ivanov"),
        (f"Dur{CYRILLIC_A}nd", "Durand"),
    ],
)
def test_cyrillic_letters_in_a_latin_word(token, expected):
    assert repair(token) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [("Les0v", "Lesov"), ("Gran1n", "Granin"), ("Лес0в", "ЛесОв"), ("3орин", "Зорин")],
)
def test_digits_read_for_letters(token, expected):
    assert repair(token) == expected


@pytest.mark.parametrize(
    "token", ["Лесников", "Lesnikov", "Müller", "Йӧлгинь", "Ӏадлан", "Étienne", "2024", "", "李"]
)
def test_a_word_of_one_alphabet_stays(token):
    assert repair(token) == token


def test_only_ambiguous_letters_become_cyrillic():
    assert repair(f"{LATIN_A}{CYRILLIC_S}{LATIN_E}") == "асе"


def test_the_alphabet_with_more_letters_of_its_own_wins():
    assert repair(f"Lesnikowa{CYRILLIC_IE}") == "Lesnikowae"
    assert repair(f"Лесникова{LATIN_E}") == "Лесниковае"


def test_repairing_twice_changes_nothing_more():
    for token in ("Андрiй", "Бepёза", "Lesnikоv", "3орин"):
        assert repair(repair(token)) == repair(token)


def test_tables_lead_from_one_alphabet_into_the_other():
    assert all(is_cyrillic(char) for char in TO_CYRILLIC.values())
    assert all(is_latin(char) for char in TO_LATIN.values())
    assert not any(is_cyrillic(char) for char in TO_CYRILLIC)
    assert not any(is_latin(char) for char in TO_LATIN)
