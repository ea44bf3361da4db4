import random

import pytest

from cases.names.keys import asking_keys, filing_keys
from cases.names.prepared import prepare
from cases.names.skeleton import skeleton
from cases.vetting.screening.buckets import Buckets, leaf_of
from cases.vetting.screening.filing import Cabinet

SPELLINGS = [
    ("Морозов", "Marozau"),
    ("Жуков", "Joukov"),
    ("Жуков", "Zhukov"),
    ("Щербаков", "Chtcherbakov"),
    ("Цветаев", "Tcvetaev"),
    ("Колесник", "Kolisnyk"),
    ("Хмельницкий", "Hmelnitsky"),
    ("Яковлев", "Jakovlev"),
    ("Фёдоров", "Fedoroff"),
    ("Рабинович", "Rabinovitch"),
    ("Ковалёв", "Kovaljov"),
]


@pytest.mark.parametrize(("cyrillic", "latin"), SPELLINGS)
def test_spellings_of_a_surname_share_a_skeleton(cyrillic, latin):
    assert skeleton(prepare(cyrillic).words[0].sounds[0]) in {
        skeleton(one) for one in prepare(latin).words[0].keys
    }


def test_a_skeleton_is_shared_by_many_surnames():
    names = ["Иванов", "Новов", "Енин", "Нянин"]

    assert len({skeleton(prepare(name).words[0].sounds[0]) for name in names}) < len(names)


@pytest.mark.parametrize("letters", ["", "аеё", "'", "李", "ابن"])
def test_a_word_without_consonants_we_know_has_a_skeleton_too(letters):
    assert len(skeleton(letters)) <= 2


def test_without_the_key_the_number_of_a_surname_is_not_known():
    ours, others = Buckets(b"k" * 32, 20), Buckets(b"o" * 32, 20)
    names = ["kulebiakin", "smirnov", "petrov"]

    assert [ours.of(name) for name in names] == [Buckets(b"k" * 32, 20).of(name) for name in names]
    assert [ours.of(name) for name in names] != [others.of(name) for name in names]


def test_the_mark_tells_another_key_other_bits_and_other_rules():
    first = Cabinet(Buckets(b"k" * 32, 10))
    marks = {first.mark(), Cabinet(Buckets(b"o" * 32, 10)).mark(), Cabinet(Buckets(b"k" * 32, 11)).mark()}

    assert len(marks) == 3
    assert first.mark() == Cabinet(Buckets(b"k" * 32, 10)).mark()
    assert first.buckets.mark(["other"]) not in marks


@pytest.mark.parametrize("seed", range(20))
def test_everybody_in_a_leaf_asks_for_the_whole_leaf_and_it_holds_enough(seed):
    chance = random.Random(seed)
    sizes = [chance.choice([0, 0, 1, 5, 30, 300]) for _ in range(64)]
    leaves = {leaf_of(bucket, sizes, 20) for bucket in range(64)}

    assert sorted(bucket for leaf in leaves for bucket in leaf) == list(range(64))
    assert all(sum(sizes[bucket] for bucket in leaf) >= 20 for leaf in leaves)


def test_where_all_lists_together_hold_too_few_everything_is_asked_for():
    assert leaf_of(3, [1] * 16, 20) == range(16)


def file(*names, families=()):
    return Cabinet(Buckets(b"k" * 32, 12)).place(names, families)


@pytest.mark.parametrize(
    "name",
    ["Ivan Frolovich KULEBIAKIN", "KULEBIAKIN, Ivan", "Кулебякин Иван Фролович", "Ivan Kulebiakine"],
)
def test_an_entry_is_filed_under_the_surname_and_not_under_the_given_name(name):
    asked = asking_keys("Кулебякин")
    place = file(name)

    assert not asked.isdisjoint(place.keys.split("|"))
    assert file("Ivan").buckets[0] not in place.buckets


@pytest.mark.parametrize("name", ["Ivan Roman", "Ivan Petrovich ROMAN", "Roman"])
def test_a_surname_that_is_a_given_name_too_is_filed(name):
    assert not asking_keys("Роман").isdisjoint(file(name).keys.split("|"))


def test_a_given_name_that_we_do_not_know_is_filed_too_rather_than_missed():
    assert not asking_keys("Кулебякин").isdisjoint(file("Nurbagand Kulebiakin").keys.split("|"))
    assert len(file("Nurbagand Kulebiakin").buckets) == 2


def test_words_that_the_source_calls_surnames_are_filed():
    assert not asking_keys("Иван").isdisjoint(file("Petr Smirnov", families=["Ivan"]).keys.split("|"))


@pytest.mark.parametrize(("cyrillic", "latin"), SPELLINGS)
def test_what_the_rules_of_names_join_lies_in_the_bucket_that_is_asked_for(cyrillic, latin):
    numbers = Buckets(b"k" * 32, 24)
    place = Cabinet(numbers).place([f"Aliaksandr {latin}"], [])

    assert not asking_keys(cyrillic).isdisjoint(filing_keys(f"Aliaksandr {latin}"))
    assert numbers.of(prepare(cyrillic).words[0].sounds[0]) in place.buckets


def test_a_cabinet_forgets_words_it_has_not_met_for_long(monkeypatch):
    monkeypatch.setattr("cases.vetting.screening.filing.REMEMBERED", 3)
    cabinet = Cabinet(Buckets(b"k" * 32, 12))
    names = [f"Kuleb{letter}akin" for letter in "abcdefgh"]
    places = [cabinet.place([name], []) for name in names]

    assert [cabinet.place([name], []) for name in names] == places
    assert len(cabinet._words) <= 3


@pytest.mark.parametrize(
    "word", [word for pair in SPELLINGS for word in pair] + ["Сергей", "Li", "Ґонта", "李", "Kulebiakin"]
)
def test_a_word_is_filed_as_the_rules_of_names_file_it(word):
    assert set(file(word).keys.split("|")) == filing_keys(word)
