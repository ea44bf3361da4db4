import csv

import pytest

from cases.names import measure
from cases.names.measure import Share, cross_validate, f1, is_other_name, is_repaired, surname_found

PAIRS = [
    ("1", "Глеб Маркович ЛЕСНИКОВ", "Gleb Markovich LESNIKOV"),
    ("1", "Глеб Маркович ЛЕСНИКОВ", "Hlib OZEROV"),
    ("1", "Глеб ОЗЕРОВ", "Gleb Markovich LESNIKOV"),
    ("1", "Глеб ОЗЕРОВ", "Hlib OZEROV"),
    ("2", "Анна ЩУКИНА", "Anna SHCHUKIMAN"),
    ("3", "Иван Иванович КОСОЛАПОВ", "Ivan Ivanavich KASALAPAU"),
]
FILES = {
    "eu_ru_cyr_lat_pairs.csv": ("celex record_id cyrillic latin", [("x", *row) for row in PAIRS]),
    "nk_name_cases.csv": (
        "schema name1 name2 is_match",
        [
            ("Person", "Gleb Lesnikov", "Lesnikov Gleb", "true"),
            ("Person", "Gleb Lesnikov", "Gleb Lesnikof", "true"),
            ("Person", "Gleb Lesnikov", "Anna Ozerova", "false"),
            ("Person", "Gleb Lesnikov", "Gleb Ozerov", "true"),
            ("Company", "Lotus", "Lotus GmbH", "true"),
        ],
    ),
    "eu_given_surname_homonyms.csv": (
        "group birth_date cyrillic latin",
        [
            ("a", "1970-01-02", "Глеб Маркович ЛЕСНИКОВ", "Gleb LESNIKOV"),
            ("a", "1980-03-04", "Глеб Юрьевич ЛЕСНИКОВ", "Gleb LESNIKOV"),
        ],
    ),
    "eu_homoglyph_tokens.csv": ("token", [("Андрiй",), ("Лесникoв",)]),
}


@pytest.fixture
def folder(tmp_path):
    for name, (columns, rows) in FILES.items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns.split(), *rows])
    return tmp_path


def rows_of(record):
    return [
        {"record_id": row[0], "cyrillic": row[1], "latin": row[2]}
        for row in PAIRS
        if record in (row[0], "all")
    ]


def test_every_figure_is_measured(folder):
    found = dict(measure.measure(folder))

    shares = {title: value[:2] for title, value in found.items() if isinstance(value, Share)}
    assert shares == {
        "same key in four Russian papers": (4, 4),
        "surname found, all Cyrillic/Latin pairs": (3, 6),
        "surname found, without pairs of two names": (3, 4),
        "surname found, by person": (2, 3),
        "whole name alike, without pairs of two names": (4, 4),
        "surnames of strangers kept apart": (2, 2),
        "labelled pairs decided as labelled": (3, 4),
        "homonyms not confirmed by name alone": (1, 1),
        "homonyms not confirmed with their birth dates": (1, 1),
        "homonyms alike without patronymic (must be seen)": (1, 1),
        "tokens of two alphabets repaired": (2, 2),
    }
    assert found["labelled pairs, 4 persons: F1 at 0.7"] == "0.800"


def test_names_are_shown_only_when_asked_for(folder, capsys):
    measure.main([str(folder)])
    silent = capsys.readouterr().out
    measure.main([str(folder), "--missed"])
    told = capsys.readouterr().out

    assert "ЩУКИНА" not in silent
    assert "50.00 %" in silent
    assert "    Анна ЩУКИНА | Anna SHCHUKIMAN" in told


def test_surname_found():
    assert [surname_found(row) for row in rows_of("all")] == [True, False, False, True, False, True]


def test_two_names_of_one_person_are_told_from_a_bad_spelling():
    assert [is_other_name(row, rows_of("1")) for row in rows_of("1")] == [False, True, True, False]
    assert [is_other_name(row, rows_of("2")) for row in rows_of("2")] == [False]


@pytest.mark.parametrize(("threshold", "expected"), [(0.0, 2 / 3), (0.5, 0.8), (0.7, 2 / 3), (0.95, 0.0)])
def test_f1(threshold, expected):
    rows = [(0.9, True), (0.6, True), (0.55, False), (0.2, False)]
    assert f1(rows, threshold) == pytest.approx(expected)


def test_cross_validation_of_a_clear_case_is_perfect():
    rows = [(0.9, True), (0.1, False)] * 20
    assert cross_validate(rows, rounds=5) == [1.0] * 10


def test_each_half_is_tested_with_the_threshold_of_the_other():
    rows = [(number / 100, number % 7 > 2) for number in range(40, 101)]
    assert len(set(cross_validate(rows, rounds=20))) > 20


@pytest.mark.parametrize(("token", "expected"), [("Андрiй", True), ("Андрій", True), ("Лесwв", False)])
def test_is_repaired(token, expected):
    assert is_repaired({"token": token}) is expected


def test_a_share_says_how_many_of_how_many():
    assert str(Share(3, 4)) == "     3 of      4   75.00 %"
    assert str(Share(0, 0)).endswith("0.00 %")
