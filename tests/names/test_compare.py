import time

import pytest

from cases.names.compare import THRESHOLD, QueryTooShort, Reason, compare, matches, prepare

MAN = "Лесников Глеб Маркович"
WOMAN = "Щукина Наталья Юрьевна"


@pytest.mark.parametrize(
    "query",
    [
        "Лесников Глеб Маркович",
        "Глеб Маркович Лесников",
        "Лесников Глеб",
        "глеб лесников",
        "Лесников",
        "Глеб",
        "Lesnikov Gleb Markovich",
        "LESNIKOV Gleb",
        "Gleb Lesnikoff",
        "Hlib Lesnikov",
        "Лесн",
        "lesni gle ",
        "Г. М. Лесников",
        "Lesnikov G.",
        "Лесникоа",
        "Lesnkov Gleb",
        "Lesnikov Geb",
        "Лeсникoв",
        "Лесникова",
        "Lesnikov, Gleb",
    ],
)
def test_queries_that_find_the_man(query):
    assert compare(query, MAN).score >= THRESHOLD


@pytest.mark.parametrize(
    "query",
    [
        "Chtchoukina Natalia",
        "Shchukina",
        "Schukina Natalya",
        "Щукин",
        "Наташа Щукина",
        "Nathalie Chtchoukina",
        "Natasha",
        "Щук",
        "Shch",
        "Щукина Н. Ю.",
        "Щукина Н. Yu.",
        "Shchukina Nataliia Iurievna",
        "Shukina",
    ],
)
def test_queries_that_find_the_woman(query):
    assert compare(query, WOMAN).score >= THRESHOLD


@pytest.mark.parametrize(
    "query",
    [
        "Орлов",
        "Орлов Глеб",
        "Лесников Юрий",
        "Марк",
        "Лес Юрий",
        "Леснова Марина",
        "Щукин Глеб Юрьевич",
        "Lesko",
        "Лесников Глеб Юрьевич",
        "Маркелов",
        "Gleb Zorin",
    ],
)
def test_queries_that_do_not_find_the_man(query):
    assert compare(query, MAN).score < THRESHOLD


@pytest.mark.parametrize(
    ("query", "name", "reasons"),
    [
        ("Лесников Глеб", MAN, {Reason.SAME}),
        ("Schukina", WOMAN, {Reason.OTHER_SPELLING}),
        ("Щукин Наташа", WOMAN, {Reason.OTHER_ENDING, Reason.SHORT_FORM}),
        ("Леснков", MAN, {Reason.TYPING_ERROR}),
        ("Лесников Г.", MAN, {Reason.SAME, Reason.INITIAL}),
        (MAN, "LESNIKOV Gleb", {Reason.SAME, Reason.PATRONYMIC_MISSING}),
        ("Лесников Глеб Юрьевич", MAN, {Reason.SAME, Reason.PATRONYMIC_DIFFERS}),
        ("Лесников Юрий", MAN, {Reason.SAME, Reason.WORD_MISSING}),
        ("Орлов", MAN, set()),
    ],
)
def test_reasons(query, name, reasons):
    assert set(compare(query, name).reasons) == reasons


def test_a_full_match_scores_one():
    assert compare(MAN, MAN).score == 1.0


def test_the_patronymic_may_be_left_out_on_either_side():
    assert compare("Лесников Глеб", MAN).score == 1.0
    assert compare(MAN, "Лесников Глеб").score == 0.95


def test_another_patronymic_is_another_man():
    assert compare("Лесников Глеб Юрьевич", MAN).score < compare(MAN, "Лесников Глеб").score


def test_words_are_used_once():
    assert compare("Марк Марк", "Марк Орлов").score < THRESHOLD
    assert compare("Иван Иванов", "Иванов Иван Иванович").score == 1.0
    assert compare("Иван Иванов", "Иванов").score < THRESHOLD


def test_initials_alone_find_nobody():
    assert compare("Орлов Марк", "а. о. м. Зорин").score == 0.0


def test_scores_rank_the_nearest_first():
    names = ["Лесков Глеб", "Лесниченко Глеб", "Лесников Глеб", "Лесникова Глеб", "Орлов Глеб"]
    ranked = sorted(names, key=lambda name: compare("Lesnikov Gleb", name).score, reverse=True)
    assert ranked[:2] == ["Лесников Глеб", "Лесникова Глеб"]
    assert ranked[-1] == "Орлов Глеб"


def test_matches_takes_the_best_spelling_of_one_person():
    assert matches("Gleb Lesnikov", ["Орлов Марк", MAN, "LESNIKOV Gleb"]) == 1.0
    assert matches("Лесникв", [MAN, "Орлов"]) == compare("Лесникв", MAN).score


def test_matches_is_zero_below_the_threshold():
    assert matches("Зорин", [MAN, WOMAN]) == 0.0
    assert matches("Зорин", []) == 0.0
    assert matches("Лесникв", [MAN], threshold=0.95) == 0.0
    assert matches("Лесников Юрий", [MAN], threshold=0.1) == compare("Лесников Юрий", MAN).score


@pytest.mark.parametrize(
    "call", [lambda: compare("Ли", MAN), lambda: matches("", [MAN]), lambda: matches("Ли", [])]
)
def test_short_queries_are_refused_before_any_name_is_looked_at(call):
    with pytest.raises(QueryTooShort):
        call()


def test_prepared_and_plain_give_the_same():
    for query in ("Lesnikov", "Лесн Гл", "Щукина"):
        for name in (MAN, WOMAN):
            assert compare(prepare(query), prepare(name)) == compare(query, name)


def test_names_in_other_scripts_are_no_error():
    assert compare("Лесников", "李小明").score == 0.0
    assert compare("Лесников", "").score == 0.0


def test_five_thousand_names_are_compared_in_a_moment():
    roots = ["Лесн", "Озер", "Щук", "Чернав", "Журавл", "Голуб", "Снег", "Поляк", "Зимн", "Тумал"]
    endings = ["иков", "ецкий", "ова", "енко", "ихин"]
    people = [
        f"{root}{ending} {given}"
        for root in roots
        for ending in endings
        for given in ("Глеб", "Юрий", "Анна", "Марк")
    ]
    filed = [prepare(name) for name in people]
    asked = prepare("Lesnikov Gleb")
    started = time.process_time()
    best = [matches(asked, [name]) for name in filed * 25]
    assert len(best) == 5000
    assert time.process_time() - started < 2
