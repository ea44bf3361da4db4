import pytest

from cases.names.tokens import fold, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лесников Глеб Маркович", ["Лесников", "Глеб", "Маркович"]),
        ("  LESNIKOV   Gleb ", ["LESNIKOV", "Gleb"]),
        ("Лесников, Глеб", ["Лесников", "Глеб"]),
        ("Озеров-Лесников", ["Озеров", "Лесников"]),
        ("Г. М. Лесников", ["Г", "М", "Лесников"]),
        ("Г.М.Лесников", ["Г", "М", "Лесников"]),
        ("Vasil'ev", ["Vasilev"]),
        ("Vasil’ev", ["Vasilev"]),
        ("Razd”ezdnoy", ["Razdezdnoy"]),
        ("Лесников_Глеб", ["Лесников", "Глеб"]),
        ("", []),
        (" - . ", []),
    ],
)
def test_words(name, expected):
    assert words(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лес\u00adников", "Лесников"),
        ("Gleb\u200b", "Gleb"),
        ("\ufb01n", "fin"),
        ("и\u0306", "й"),
        ("Gleb", "Gleb"),
    ],
)
def test_fold_removes_what_the_eye_does_not_see(text, expected):
    assert fold(text) == expected


def test_a_no_break_space_parts_words():
    assert words("Лесников\u00a0Глеб") == ["Лесников", "Глеб"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("नरेन्द्र मोदी", ["नरेन्द्र", "मोदी"]),
        ("محمّد علي", ["محمّد", "علي"]),
        ("გლებ-ლესნიკოვი", ["გლებ", "ლესნიკოვი"]),
    ],
)
def test_marks_that_are_vowels_do_not_part_a_word(name, expected):
    assert words(name) == expected
