import pytest

from cases.names.telling import tells

NAME = "Еремей Кулебякин"


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        "Кулебякин 7",
        "Kulebyakin 7",
        "kulebiakin-7",
        "ЕремейКулебякин",
        "Lotus47Kulebyakin",
        "Кулeбякин",
        "КУЛЕБЯКИН",
    ],
)
def test_a_part_of_the_name_in_any_spelling_tells(text):
    assert tells(text, ["", NAME])


@pytest.mark.parametrize("text", ["Lotus 47", "Grey Heron", "Кул 7", "", "47"])
def test_other_words_tell_nothing(text):
    assert not tells(text, [NAME])


@pytest.mark.parametrize("name", ["Ли", "У", "", "47", "..."])
def test_what_is_too_short_to_tell_is_let_through(name):
    assert not tells("Ли У 47", [name])


def test_another_alphabet_is_compared_by_its_letters():
    assert tells("გიორგი 7", ["გიორგი მაისურაძე"])
    assert not tells("გიორგი 7", ["მაისურაძე"])
