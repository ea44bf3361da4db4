import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.names.lookalikes import repair
from cases.names.prepared import prepare
from cases.names.readings import other_sounds
from cases.names.reasons import Reason
from cases.names.sound import roman, sound
from cases.names.word_match import match_words


@pytest.mark.parametrize(
    "pair",
    [
        "Лаховский Lachovsky",
        "Вайсберг Weisberg",
        "Озеров Oserow",
        "Зимин Simin",
        "Молодец Molodec",
        "Шишкин Sziszkin",
        "Ли Lee",
        "Нуров Noorov",
        "Лесников Lesnikovs",
        "Андрей Andrejs",
        "Цаплин Caplinas",
        "Балу Balouh",
        "Снегирёва Snegirova",
        "Лёвин Lovin",
        "Голубьов Golubiov",
    ],
)
def test_a_less_likely_reading_meets(pair):
    first, second = (prepare(word).words[0] for word in pair.split())
    assert match_words(first, second) == match_words(second, first) == (0.93, Reason.OTHER_SPELLING)


@pytest.mark.parametrize("token", ["Лесников", "Lodygin", "Shukov", "Орлов", "Durand"])
def test_most_words_have_no_further_reading(token):
    assert other_sounds(token, roman(token)) == frozenset()


def test_ё_is_read_without_its_dots_and_as_о():
    assert other_sounds("Снегирёва", "snegireva") == {sound("Снегирова")}


@given(st.text(min_size=1, max_size=12).map(repair).filter(bool))
def test_any_token_is_read_without_an_error(token):
    assert isinstance(other_sounds(token, roman(token)), frozenset)
