import pytest

from cases.names.scripts import OTHER_SCRIPTS, is_word_sign
from cases.names.sound import roman, sound


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("გიორგი", "giorgi"),
        ("ჟვანია", "zhvania"),
        ("Արամ", "aram"),
        ("Խաչատուր", "khachatur"),
        ("Ալեքսանյան", "aleksanyan"),
        ("Κυριάκος", "kyriakos"),
        ("Παπαδόπουλος", "papadopulos"),
    ],
)
def test_roman(token, expected):
    assert roman(token) == expected


@pytest.mark.parametrize("pair", ["ნინო Нино", "Արամ Арам", "ხატია Хатия"])
def test_a_word_sounds_the_same_in_both_scripts(pair):
    first, second = pair.split()
    assert sound(first) == sound(second)


def test_every_letter_of_the_alphabets_is_known():
    georgian = {chr(code) for code in range(0x10D0, 0x10F1)}
    armenian = {chr(code) for code in range(0x561, 0x587)}
    greek = {chr(code) for code in range(0x3B1, 0x3CA)}
    assert georgian | armenian | greek <= set(OTHER_SCRIPTS)
    assert all(latin.isascii() for latin in OTHER_SCRIPTS.values())


@pytest.mark.parametrize(
    ("char", "expected"), [("李", True), ("김", True), ("バ", True), ("л", False), ("ა", False)]
)
def test_signs_for_whole_words(char, expected):
    assert is_word_sign(char) is expected
