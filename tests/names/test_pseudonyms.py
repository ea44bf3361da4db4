import inspect
import time
from itertools import combinations
from random import Random

import pytest

from cases.names.edits import edits
from cases.names.given import is_given
from cases.names.pseudonyms import AVOIDED, WORDS, is_pseudonym, normalise, propose, speakable
from cases.names.sound import sound


def test_there_are_enough_words_and_none_twice():
    assert len(set(WORDS)) == len(WORDS) >= 200


def test_words_are_plain_latin_words():
    assert [
        word for word in WORDS if not (word.isascii() and word.isalpha() and word == word.capitalize())
    ] == []


def test_no_two_words_are_one_letter_apart():
    near = [pair for pair in combinations(WORDS, 2) if edits(pair[0].lower(), pair[1].lower(), 1).whole < 2]
    assert near == []


def test_no_two_words_are_one_sound_apart():
    near = [pair for pair in combinations(WORDS, 2) if edits(sound(pair[0]), sound(pair[1]), 1).whole < 2]
    assert near == []


def test_no_word_begins_another():
    assert [pair for pair in combinations(sorted(WORDS), 2) if pair[1].startswith(pair[0])] == []


def test_no_word_is_a_given_name():
    assert [word for word in WORDS if is_given(word)] == []


def test_proposals_are_a_word_and_two_digits():
    proposed = propose(200, set())
    assert len(set(proposed)) == 200
    assert all(is_pseudonym(text) and normalise(text) == text for text in proposed)
    assert {len(text.split()[1]) for text in proposed} == {2}


def test_chance_can_be_fixed_for_a_test():
    assert propose(5, (), random=Random(1)) == propose(5, (), random=Random(1))
    assert propose(5, (), random=Random(1)) != propose(5, (), random=Random(2))


def test_no_name_can_go_in():
    assert set(inspect.signature(propose).parameters) == {"count", "taken", "random"}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_as_many_as_asked_for(count):
    assert len(propose(count, ())) == count


def test_taken_ones_are_never_proposed():
    first = set(propose(5000, ()))
    second = set(propose(5000, first))
    assert len(second) == 5000
    assert first & second == set()


def test_taken_may_be_a_question():
    asked = []

    def taken(text):
        asked.append(text)
        return not text.startswith(("A", "B", "C"))

    proposed = propose(10, taken)
    assert all(text[0] in "ABC" for text in proposed)
    assert set(proposed) <= set(asked)


def test_more_digits_when_the_short_ones_are_gone():
    all_short = {f"{word} {number}" for word in WORDS for number in range(10, 100)}
    assert {len(text.split()[1]) for text in propose(100, all_short)} == {3}
    assert {len(text.split()[1]) for text in propose(20, lambda text: len(text.split()[1]) < 5)} == {5}


def test_a_large_import_is_quick():
    started = time.process_time()
    proposed = propose(100_000, frozenset())
    assert len(set(proposed)) == 100_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize("number", [13, 14, 88, 100, 200, 300, 337, 500, 1000, 1488, 1900, 1985, 2026, 2099])
def test_numbers_nobody_wants(number):
    assert not speakable(number)


@pytest.mark.parametrize("number", [10, 12, 47, 101, 999, 1899, 2101])
def test_numbers_for_use(number):
    assert speakable(number)


def test_avoided_numbers_do_not_come_up():
    drawn = {int(text.split()[1]) for text in propose(12_000, (), random=Random(7))}
    assert drawn & AVOIDED == set()
    assert not any(number % 100 == 0 for number in drawn)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lotus 47", "Lotus 47"),
        ("lotus 47", "Lotus 47"),
        ("LOTUS   47 ", "Lotus 47"),
        ("lotus-47", "Lotus 47"),
        ("Lotus47", "Lotus 47"),
        ("lotus\u00a047", "Lotus 47"),
        ("\uff2c\uff4f\uff54\uff55\uff53 47", "Lotus 47"),
        ("quiet  river", "Quiet River"),
        ("", ""),
    ],
)
def test_normalise(text, expected):
    assert normalise(text) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize("text", ["Lotus 47", "lotus47", " ZEPHYR  123", "tango 4711"])
def test_is_pseudonym(text):
    assert is_pseudonym(text)


@pytest.mark.parametrize(
    "text", ["", "Lotus", "47", "Lotus 4", "Lotus 047", "Gleb 47", "Lotus 47 a", "Lotus Zephyr", "Lotus ٤٧"]
)
def test_other_texts_are_no_pseudonyms(text):
    assert not is_pseudonym(text)
