import pytest

from cases.names.prepared import QueryTooShort, prepare, prepare_query


@pytest.mark.parametrize("query", ["", "  ", "Ли", "Л", "Г. М. О.", "Л и", "47", "李小明", "-.-", "Yu"])
def test_a_query_below_three_letters_is_refused(query):
    with pytest.raises(QueryTooShort):
        prepare_query(query)


@pytest.mark.parametrize("query", ["Лес", "Les", "Ли Ён", "Ли Гг", "Г. Лес"])
def test_three_letters_are_enough(query):
    assert prepare_query(query).searchable


def test_a_prepared_query_is_checked_too():
    with pytest.raises(QueryTooShort):
        prepare_query(prepare("Ли"))


def test_a_prepared_query_is_not_prepared_again():
    asked = prepare("Лесников")
    assert prepare_query(asked) is asked


def test_a_refused_query_is_an_ordinary_value_error():
    assert issubclass(QueryTooShort, ValueError)


def test_the_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(QueryTooShort) as refusal:
        prepare_query("Ли")
    assert "Ли" not in str(refusal.value)


def test_nothing_of_a_name_shows_in_a_representation():
    prepared = prepare("Лесников Глеб Маркович")
    shown = repr(prepared) + repr(prepared.words)
    assert not any(part in shown.lower() for part in ("lesnikov", "лесников", "gleb", "глеб"))


def test_a_short_name_on_file_is_no_error():
    assert [word.roman for word in prepare("Ли").words] == ["li"]


@pytest.mark.parametrize(
    ("name", "patronymics"),
    [
        ("Лесников Глеб Маркович", [False, False, True]),
        ("Глеб Маркович Лесников", [False, True, False]),
        ("Олег Маркович Рабинович", [False, True, False]),
        ("Олег Рабинович", [False, False]),
        ("Лесников Глеб", [False, False]),
    ],
)
def test_the_patronymic_is_marked(name, patronymics):
    assert [word.patronymic for word in prepare(name).words] == patronymics


def test_latin_words_have_a_french_reading_where_it_differs():
    assert prepare("Chilov Lesnikov Шилов").words[0].sounds == ("Cilov", "Silov")
    assert prepare("Chilov Lesnikov Шилов").words[1].sounds == ("lesnikov",)
    assert prepare("Chilov Lesnikov Шилов").words[2].sounds == ("Silov",)


@pytest.mark.parametrize(
    ("token", "initial"), [("Г", True), ("Yu", True), ("Ю", True), ("Ли", False), ("Лес", False)]
)
def test_initials(token, initial):
    assert prepare(token).words[0].initial == initial


def test_weights():
    words = prepare("Г. Лесников Глеб Маркович").words
    assert [word.weight for word in words] == [1, 8, 4, 4]


def test_a_word_of_an_unknown_script_is_kept_as_it_is_and_no_query():
    assert [word.roman for word in prepare("李小明 Ли").words] == ["李小明", "li"]
    assert not prepare("李小明").searchable


def test_a_known_father_is_a_key_of_the_patronymic():
    first, second = (prepare(name).words[2] for name in ("Лис Глеб Николаевич", "Лис Глеб Mykolaiovych"))
    assert first.father == second.father != ""
    assert not first.keys.isdisjoint(second.keys)
    assert prepare("Глеб Николаевич").words[1].father == ""


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Лесников Глеб", [False, True]),
        ("Siarhei Lis", [True, False]),
        ("Лис Глеб Маркович", [False, True, False]),
    ],
)
def test_known_given_names_are_marked(name, given):
    assert [word.given for word in prepare(name).words] == given


def test_folds_are_told_only_where_a_neighbour_wrote_the_name():
    assert prepare("Косолапов Иван").words[0].told == frozenset()
    assert prepare("Kasalapau Ivan").words[0].told == {"by:kasalapav"}
    assert "by:kasalapav" in prepare("Косолапов Иван").words[0].folds
