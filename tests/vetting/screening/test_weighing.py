import pytest

from cases.vetting.screening.entries import Entry
from cases.vetting.screening.matching import GivenNames, Surnames, candidates
from cases.vetting.screening.sought import sought
from cases.vetting.screening.weighing import Outcome, compare_born, weigh
from tests.vetting.screening.lists import IDENTITY


def listed(*names, born=(), places=(), datasets=()):
    return Entry("e", "Person", list(names), born=list(born), places=list(places), datasets=list(datasets))


def weighed(entry, **identity):
    return weigh(sought(IDENTITY | identity), entry)


def parts(entry, **identity):
    found = weighed(entry, **identity)
    return found and dict(found.parts)


def test_every_part_is_explained():
    entry = listed("KULEBIAKINE, Eremeï Frolovitch", born=["1999-11-04"], places=["г. Урюпинск"])
    found = weighed(entry)

    assert dict(found.parts) == {
        "surname": "other spelling",
        "given": "same",
        "patronymic": "other spelling",
        "birth": "same",
        "place": "same",
    }
    assert (found.sure, found.score) == (True, 100)


@pytest.mark.parametrize(
    ("names", "part", "outcome"),
    [
        (["Eremei Kulebyakyn"], "surname", "other spelling"),
        (["Eremei Kuleblakin"], "surname", "typing error"),
        (["Eremei Kulebiakina"], "surname", "other ending"),
        (["E. F. Kulebiakin"], "given", "initial"),
        (["Eremei Frolovich Kulebiakin"], "patronymic", "same"),
        (["Eremei Kulebiakin"], "patronymic", "not on the list"),
        (["Eremei Kulebiakin", "Eremei Frolovich Kulebiakin"], "patronymic", "same"),
    ],
)
def test_a_part_says_how_it_agrees(names, part, outcome):
    assert parts(listed(*names))[part] == outcome


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("1999-11-04", ["1999-11-04"], Outcome.SAME),
        ("1999-11-04", ["1970", "1999-11-04"], Outcome.SAME),
        ("1999-11-04", ["1999"], Outcome.YEAR),
        ("1999", ["1999-11-04"], Outcome.YEAR),
        ("1999-11-04", ["1999-04-11"], Outcome.NEAR),
        ("1999-11-04", ["1999-11-05"], Outcome.NEAR),
        ("1999-11-04", ["1999-12-05"], Outcome.DIFFERS),
        ("1999-11-04", ["1970"], Outcome.DIFFERS),
        ("1999-11-04", [], Outcome.NOT_ON_LIST),
        ("1999-11-04", [""], Outcome.NOT_ON_LIST),
        ("", ["1999"], Outcome.UNKNOWN),
    ],
)
def test_birth_dates_are_compared_as_far_as_they_are_known(ours, theirs, outcome):
    assert compare_born(ours, theirs) is outcome


@pytest.mark.parametrize(
    "entry",
    [
        listed("Eremei Kulebiakin", born=["1970"]),
        listed("Eremei Kulebiakin", born=["1970-11-04"]),
        listed("Eremei Ivanovich Kulebiakin"),
        listed("Eremei Ivanovich Kulebiakin", "Eremei Kulebiakin"),
        listed("Anton Kulebiakin"),
        listed("Eremei Smirnov", born=["1999-11-04"]),
        listed("Kulebiakin"),
    ],
    ids=[
        "year",
        "date",
        "father",
        "father beside a short spelling",
        "given name",
        "surname",
        "surname alone",
    ],
)
def test_somebody_else_is_no_hit(entry):
    assert weighed(entry) is None


def test_a_slip_in_the_date_is_shown_only_where_the_name_agrees_whole():
    slip = {"born": ["1999-04-11"]}

    assert parts(listed("Eremei Frolovich Kulebiakin", **slip))["birth"] == "near"
    assert weighed(listed("Eremei Kuleblakin", **slip)) is None


def test_another_father_with_the_same_whole_birth_date_is_shown_and_said():
    assert (
        parts(listed("Eremei Ivanovich Kulebiakin", "Eremei Kulebiakin", born=["1999-11-04"]))["patronymic"]
        == "differs"
    )


def test_a_name_alone_confirms_nothing():
    alone = weighed(listed("Eremei Frolovich Kulebiakin"))
    with_year = weighed(listed("Eremei Frolovich Kulebiakin", born=["1999"]))
    whole = weighed(listed("Eremei Frolovich Kulebiakin", born=["1999-11-04"]))

    assert [alone.sure, with_year.sure, whole.sure] == [False, False, True]
    assert alone.score < with_year.score < whole.score


def test_two_typing_errors_count_only_beside_the_whole_birth_date():
    twice = "Eremei Kuleblakan"

    assert weighed(listed(twice, born=["1999-11-04"])) is not None
    assert weighed(listed(twice)) is None


def test_another_place_is_said_and_decides_nothing():
    place = listed("Eremei Frolovich Kulebiakin", born=["1999-11-04"], places=["Moscow, Russian Federation"])

    assert parts(place)["place"] == "differs"
    assert parts(listed("Eremei Kulebiakin", places=["USSR"]))["place"] == "not on the list"


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ({"name": "Кулебякин Еремей", "family_name": ""}, "Eremei Kulebiakin"),
        ({"name": "", "family_name": "", "given_name": "", "patronymic": ""}, "Eremei Kulebiakin"),
        ({"other_names": ["Пирогов"]}, "Eremei Pirogov"),
        ({"other_names": ["Smith John"]}, "John Smith"),
    ],
    ids=["one line", "Latin letters alone", "maiden name", "another name"],
)
def test_every_name_of_a_person_is_looked_for(identity, name):
    assert weighed(listed(name), **identity) is not None


def test_spellings_of_one_surname_are_asked_for_once():
    assert [word.roman for word in sought(IDENTITY).surnames] == ["kulebiakin"]
    assert [word.roman for word in sought(IDENTITY | {"other_names": ["Пирогов", "Pirogoff"]}).surnames] == [
        "kulebiakin",
        "pirogov",
    ]


def test_nobody_is_sought_by_nothing():
    assert sought({}).surnames == ()


def test_what_is_sought_tells_no_name_in_a_log():
    assert "ulebiakin" not in repr(sought(IDENTITY)).lower()


@pytest.mark.parametrize(
    ("keys", "meets"),
    [
        ("kulebakin", True),
        ("smirnov|kuleblakin", True),
        ("by:kulabakin", True),
        ("by:kulabakim", False),
        ("kulobokin|smirnov", False),
        ("", False),
    ],
)
def test_a_key_is_met_also_with_one_typing_error(keys, meets):
    surnames = Surnames(sought(IDENTITY | {"name": "Marozau Aliaksandr", "family_name": "Кулебякин"}))
    neighbour = Surnames(sought({"name": "Uladzimir Kulebiakin"}))

    assert (neighbour if ":" in keys else surnames)(keys) is meets


@pytest.mark.parametrize(
    ("names", "passes"),
    [
        (["Eremei Kulebiakin"], True),
        (["Ivan Kulebiakin", "Yeremey Kulebyakin"], True),
        (["Kulebiakin, E."], True),
        (["Eremel Kulebiakin"], True),
        (["Ivan Kulebiakin"], False),
        (["Kulebiakin"], False),
    ],
)
def test_entries_with_another_given_name_are_not_weighed(names, passes):
    assert GivenNames(sought(IDENTITY))(names) is passes
    assert GivenNames(sought({"name": "Кулебякин"}))(names)


def test_an_entry_of_two_files_stands_once_with_the_lists_of_both():
    from cases.vetting.screening.entries import to_text

    keys = "kulebakin"
    rows = [
        ("one", "e", keys, "", to_text(listed("Eremei Kulebiakin", datasets=["eu_fsf"]))),
        ("two", "e", keys, "", to_text(listed("Eremei Kulebiakin", datasets=["ru_fedsfm_terror"]))),
        ("two", "f", "smirnov", "", to_text(listed("Eremei Kulebiakin"))),
        ("two", "g", keys, "1970", to_text(listed("Eremei Kulebiakin", born=["1970"]))),
    ]
    [found] = candidates(sought(IDENTITY), rows)

    assert (found.entry.id, found.entry.datasets) == ("e", ["eu_fsf", "ru_fedsfm_terror"])
