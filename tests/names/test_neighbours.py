import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.names.keys import asking_keys, filing_keys
from cases.names.neighbours import BELARUSIAN, UKRAINIAN, fold, languages
from cases.names.sound import roman


def folds(word, language):
    return fold(roman(word))[language]


@pytest.mark.parametrize(
    "pair",
    [
        "Косолапов Kasalapau",
        "Березняков Bieraznyakou",
        "Тетерев Tsetserau",
        "Деревянко Dzeravianka",
        "Голубцов Halubtsou",
        "Голубцов Galubtsou",
        "Власенков Ulasenkau",
        "Левшинский Liaushynski",
        "Реутов Ravutau",
        "Соловьёв Salauyou",
        "Степной Stsiapny",
        "Липницкий Lipnicki",
        "Берёзкин Biarozkin",
        "Холодок Khaladok",
        "Голубец Halubiec",
        "Терещук Tsiareshchuk",
        "Авдеев Аўдзееў",
        "Дорошевич Дарашэвіч",
        "Косолапова Касалапава",
    ],
)
def test_belarusian_spellings_share_a_fold(pair):
    first, second = pair.split()
    assert folds(first, BELARUSIAN) == folds(second, BELARUSIAN)


@pytest.mark.parametrize(
    "pair",
    [
        "Колесников Kolisnykov",
        "Медник Midnyk",
        "Гончаров Honcharov",
        "Белов Bilov",
        "Сосновский Сосновський",
        "Львов Lviv",
    ],
)
def test_ukrainian_spellings_share_a_fold(pair):
    first, second = pair.split()
    assert folds(first, UKRAINIAN) == folds(second, UKRAINIAN)


@pytest.mark.parametrize(
    "pair", ["Косолапов Кусулапов", "Шилов Жилов", "Орлов Орлик", "Сокол Цокол", "Чернов Щернов"]
)
def test_folds_keep_what_the_languages_keep(pair):
    first, second = pair.split()
    assert fold(roman(first)) != fold(roman(second))
    assert set(fold(roman(first)).values()).isdisjoint(fold(roman(second)).values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лесников Глеб Маркович", set()),
        ("Lesnikov Gleb Markovich", set()),
        ("Gleb Lesnikov", set()),
        ("Kasalapau Ivan", {BELARUSIAN}),
        ("Ivan Ivanavich Lis", {BELARUSIAN}),
        ("Siarhei Lis", {BELARUSIAN}),
        ("Dzmitry Lis", {BELARUSIAN}),
        ("Anna Paulauna Lis", {BELARUSIAN}),
        ("Кацярына Воўк", {BELARUSIAN}),
        ("Ivan Ivanovych Lis", {UKRAINIAN}),
        ("Hanna Markivna Lis", {BELARUSIAN, UKRAINIAN}),
        ("Oleksandr Lis", {UKRAINIAN}),
        ("Євген Лис", {UKRAINIAN}),
        ("Ігор Лис", {BELARUSIAN, UKRAINIAN}),
        ("", set()),
    ],
)
def test_which_neighbour_wrote_a_name(name, expected):
    assert languages((word, roman(word)) for word in name.split()) == expected


def meet(first, second):
    return not asking_keys(first).isdisjoint(filing_keys(second))


@pytest.mark.parametrize(
    "pair", ["Косолапов|Kasalapau Ivan", "Косолапов|Ivan Ivanavich Kasalapaw", "Kosolapov|Касалапаў"]
)
def test_a_fold_counts_where_a_neighbour_wrote_one_of_the_names(pair):
    first, second = pair.split("|")
    assert meet(first, second)
    assert meet(second, first)


@pytest.mark.parametrize("pair", ["Косолапов|Касалапов", "Kosolapov|Kasalapov Oleg", "Малахов|Молохов"])
def test_a_fold_does_not_count_between_two_russian_spellings(pair):
    first, second = pair.split("|")
    assert not meet(first, second)


@given(st.text("abcdeghikoltuvyzs", min_size=1, max_size=10))
def test_a_fold_is_marked_by_its_language_and_never_raises(plain):
    assert {language: text[:3] for language, text in fold(plain).items()} == {"by": "by:", "uk": "uk:"}
