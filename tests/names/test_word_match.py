import pytest

from cases.names.compare import THRESHOLD
from cases.names.prepared import prepare
from cases.names.reasons import Reason
from cases.names.word_match import NO_MATCH, match_words


def match(asked, filed, place=0):
    return match_words(prepare(asked).words[0], prepare(filed).words[place])


@pytest.mark.parametrize(
    ("asked", "filed", "reason"),
    [
        ("Лесников", "Лесников", Reason.SAME),
        ("лесников", "ЛЕСНИКОВ", Reason.SAME),
        ("Lesnikov", "Лесников", Reason.SAME),
        ("Щукин", "Schukin", Reason.OTHER_SPELLING),
        ("Chtchoukine", "Щукин", Reason.OTHER_SPELLING),
        ("Alexandre", "Александр", Reason.OTHER_SPELLING),
        ("Serhiy", "Сергей", Reason.OTHER_SPELLING),
        ("Косолапов", "Kasalapau", Reason.OTHER_SPELLING),
        ("Halubtsou", "Голубцов", Reason.OTHER_SPELLING),
        ("Озеров", "Oserow", Reason.OTHER_SPELLING),
        ("Лесников", "Лесникова", Reason.OTHER_ENDING),
        ("Lesnikova", "Лесников", Reason.OTHER_ENDING),
        ("Ильин", "Ильина", Reason.OTHER_ENDING),
        ("Боровский", "Боровская", Reason.OTHER_ENDING),
        ("Borovskaya", "Боровский", Reason.OTHER_ENDING),
        ("Липецкий", "Липецкая", Reason.OTHER_ENDING),
        ("Саша", "Александр", Reason.SHORT_FORM),
        ("Alexander", "Саша", Reason.SHORT_FORM),
        ("Sasha", "Шура", Reason.SHORT_FORM),
        ("Seryozha", "Сергей", Reason.SHORT_FORM),
        ("Лес", "Лесников", Reason.BEGINNING),
        ("Les", "Лесников", Reason.BEGINNING),
        ("Ivan", "Иванов", Reason.BEGINNING),
        ("Kuznet", "Кузнецов", Reason.BEGINNING),
        ("Щук", "Shchukin", Reason.BEGINNING),
        ("Yur", "Юрий", Reason.BEGINNING),
        ("Лесникоф", "Лесников", Reason.TYPING_ERROR),
        ("Lesnkov", "Лесников", Reason.TYPING_ERROR),
        ("Lesinkov", "Лесников", Reason.TYPING_ERROR),
        ("Kuznestov", "Кузнецов", Reason.TYPING_ERROR),
        ("Lesnkiovs", "Лесниковский", Reason.TYPING_ERROR),
        ("Олрова", "Орлова", Reason.TYPING_ERROR),
        ("Г", "Глеб", Reason.INITIAL),
        ("Глеб", "G", Reason.INITIAL),
        ("Yu", "Юрий", Reason.INITIAL),
    ],
)
def test_why_two_words_meet(asked, filed, reason):
    assert match(asked, filed).reason == reason


@pytest.mark.parametrize(
    ("asked", "filed"),
    [
        ("Лесников", "Орлов"),
        ("Le", "Лесников"),
        ("Ли", "Лиханов"),
        ("Г", "Марк"),
        ("Глеб", "М"),
        ("Ли", "Ле"),
        ("Орел", "Озеров"),
        ("Lesnikov", "Lesh"),
        ("Саша", "Глеб"),
        ("Лесникова", "Лепехова"),
        ("Ким", "李"),
        ("李小明", "李小朋"),
    ],
)
def test_words_that_do_not_meet(asked, filed):
    assert match(asked, filed) == NO_MATCH


def test_surer_reasons_score_higher():
    scores = [
        match("Лесников", "Лесников").score,
        match("Щукин", "Schukin").score,
        match("Лесникова", "Лесников").score,
        match("Саша", "Александр").score,
        match("Лесников", "Лисников").score,
        match("Г", "Глеб").score,
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_longer_beginning_scores_higher():
    assert match("Лес", "Лесников").score < match("Лесник", "Лесников").score < 0.95


def test_a_longer_word_forgives_more():
    assert match("Орлв", "Орлов").score < match("Лесникв", "Лесников").score


def test_a_wrong_letter_in_three_needs_a_second_word():
    assert 0 < match("Лес", "Лис").score < THRESHOLD


def test_a_father_is_not_what_was_asked_for():
    name = "Лесников Глеб Маркович"
    assert match("Марк", name, place=2).score < 0.5
    assert match("Маркович", name, place=2).score == 1.0
