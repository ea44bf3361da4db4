import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.names.alike import ALIKE, alike, count_errors
from cases.names.prepared import prepare
from cases.names.reasons import Reason
from cases.names.schemas import Schema
from cases.names.translit import transliterate

MAN = "Лесников Глеб Маркович"
GIVEN = ("Глеб", "Юрий", "Анна", "Марк", "Светлана", "Николай")
FAMILY = ("Лесников", "Озерецкий", "Щукина", "Чернавенко", "Снегирёва", "Журавлихин", "Цаплин")
FATHERS = ("Маркович", "Юрьевна", "Николаевич", "Львовна", "")
PEOPLE = st.builds(
    lambda *parts: " ".join(filter(None, parts)), *map(st.sampled_from, (GIVEN, FATHERS, FAMILY))
)


@pytest.mark.parametrize(
    "other",
    [
        "Лесников Глеб Маркович",
        "Глеб Маркович ЛЕСНИКОВ",
        "Gleb Lesnikov",
        "LESNIKOV, Gleb Markovich",
        "Hlib Markovych Lesnikov",
        "Lesnikoff Gleb",
        "Gleb Lesnkov",
        "Gleb Lensikov",
        "Gleb Lesnikou",
        "Глеб М. Лесников",
        "Dr. Gleb Lesnikov",
        "GlebLesnikov",
        "Gleb Lesni Kov",
        "Gleb Mark Ovich Lesnikov",
        "გლებ ლესნიკოვი",
        "Γλεμπ Λέσνικοβ",
        "Lesnikov Gleb Ruslan Markovich",
    ],
)
def test_other_ways_to_write_the_man(other):
    assert alike(MAN, other).score >= ALIKE


@pytest.mark.parametrize(
    "other",
    [
        "Лесников Олег Маркович",
        "Лесников Глеб Юрьевич",
        "Орлов Глеб Маркович",
        "Лесникова Анна",
        "Lesnenko Gleb",
        "Лесников",
        "Глеб Маркович",
        "Г. М. Л.",
        "Марк Лесников",
        "",
        "李小明",
        "Al",
    ],
)
def test_other_names(other):
    assert alike(MAN, other).score < ALIKE


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        ("Глеб Лесников", "Лесников Глеб", {Reason.SAME}),
        ("Глеб Лесников", "Глеб Щукин", {Reason.SAME, Reason.WORD_MISSING}),
        (MAN, "Gleb Lesnikov", {Reason.SAME, Reason.PATRONYMIC_MISSING}),
        (MAN, "Лесников Глеб Львович", {Reason.SAME, Reason.PATRONYMIC_DIFFERS}),
        ("Глеб Лесников", "Глеб Леснков", {Reason.SAME, Reason.TYPING_ERROR}),
        ("Лесников Саша", "Лесникова Александра", {Reason.OTHER_ENDING, Reason.SHORT_FORM}),
        ("Глеб Косолапов", "Hlib Kasalapau", {Reason.OTHER_SPELLING}),
        ("ГлебЛесников", "Лесников Глеб", {Reason.OTHER_SPELLING}),
        ("Глеб", "Щукин", set()),
    ],
)
def test_reasons(first, second, reasons):
    assert set(alike(first, second).reasons) == reasons


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ли На", "Ло Не"),
        ("Олег Орлов", "Олеся Орлова"),
        ("Роман Цаплин", "Рамзан Цаплин"),
        ("Юрий Цаплин", "Юлия Цаплина"),
        ("Марк Ильич Цаплин", "Марк Львович Цаплин"),
        ("李小明", "李小朋"),
        ("김종은", "김정은"),
    ],
)
def test_a_letter_may_make_another_name(first, second):
    assert alike(first, second).score < ALIKE


def test_what_no_table_reads_is_compared_as_written():
    assert alike("李小明", "李小明").score == 1.0
    assert alike("नरेन्द्र मोडी", "नरेन्द्र मोदी").score >= ALIKE


def test_more_errors_score_lower():
    scores = [
        alike(MAN, other).score
        for other in (MAN, "Лисников Глеб Маркович", "Лисныков Глеб Маркович", "Лысныкев Глеб Маркович")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_more_words_on_one_side_are_no_contradiction_and_on_both_they_are():
    assert alike("Глеб Лесников", "Глеб Юлиан Лесников").score >= ALIKE
    assert alike("Глеб Роберт Лесников", "Глеб Юлиан Лесников").score < ALIKE


def test_small_words_do_not_count():
    assert alike("Omar bin Karim al-Hadi", "Omar Karim Hadi").score == 1.0
    assert alike("al-Hadi", "al-Karim").score == 0.0


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [
        ("Лесников", "Леснков", 1),
        ("Лесников", "Лесинков", 1),
        ("Лесников", "Лсинков", 2),
        ("Лесников", "Орлов", 3),
        ("Лис", "Лос", 1),
        ("Лис", "Рос", 3),
        ("Глеб", "Олег", 3),
    ],
)
def test_errors(first, second, errors):
    assert count_errors(prepare(first).words[0], prepare(second).words[0]) == errors


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [("Зайнурович", "Зайнулович", 1), ("Зайнурович", "Зайтулович", 3), ("Захарович", "Захаревская", 3)],
)
def test_patronymics_are_short_of_letters_that_tell(first, second, errors):
    one, other = (prepare(f"Лис Глеб {word}").words[2] for word in (first, second))
    assert count_errors(one, other) == errors


def test_a_patronymic_is_no_misspelt_surname():
    patronymic = prepare("Лис Глеб Зайнурович").words[2]
    surname = prepare("Зайнулович Глеб").words[0]
    assert count_errors(patronymic, surname) == 3


def test_another_spelling_costs_little_and_an_initial_more():
    scores = [alike("Щукин Глеб", other).score for other in ("Щукин Глеб", "Chtchoukine Gleb", "Щукин Г.")]
    assert scores == [1.0, 0.995, 0.925]


def test_a_letter_more_is_a_word_more_and_not_another_cut():
    found = alike("Глеб Лесников", "Глеб А Лесников")
    assert (found.score, set(found.reasons)) == (0.97, {Reason.SAME, Reason.WORD_MISSING})


def test_one_sign_is_no_initial():
    assert alike("李 Лесников", "李小 Лесников").score < ALIKE


@given(PEOPLE, PEOPLE)
def test_both_directions_say_the_same(first, second):
    assert alike(first, second) == alike(second, first)


@given(PEOPLE, st.sampled_from(Schema), st.randoms())
def test_any_paper_in_any_order_is_the_same_name(name, schema, random):
    words = transliterate(name, schema).split()
    random.shuffle(words)
    assert alike(name, " ".join(words)).score >= 0.9


@settings(max_examples=300)
@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_comes_in_a_share_comes_out(first, second):
    assert 0 <= alike(first, second).score <= 1


def test_two_people_of_a_made_up_town_are_kept_apart():
    people = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
    joined = [
        (one, other) for one in people for other in people if one < other and alike(one, other).score >= ALIKE
    ]
    assert joined == []


def test_five_thousand_pairs_are_compared_in_a_moment():
    pairs = [(prepare(MAN), prepare(f"{given} {family}")) for given, family in product(GIVEN, FAMILY)] * 120
    started = time.process_time()
    assert len([alike(*pair) for pair in pairs]) == 5040
    assert time.process_time() - started < 2
