from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.names.declension import declined
from cases.names.leaks import Kind, Place, Secret, find_leaks, find_shapes, replaced
from cases.names.sound import sound

NAME = Secret(Kind.NAME, "Еремей Кулебякин", "Maple 12")
WIFE = Secret(Kind.NAME, "Мария Кулебякина", "Maple 13")


def found(text, *secrets):
    return [text[place.start : place.end] for place in find_leaks(text, secrets)]


@pytest.mark.parametrize(
    "text",
    [
        "Кулебякин", "Кулебякина", "Кулебякину", "Кулебякиным", "Кулебякине", "КУЛЕБЯКИНУ", "кулебякину",
        "Kulebyakin", "Kulebiakinu", "Kulebyakinym", "Koulebiakine", "Кулебякинa", "Kулебякин", "Кулебя́кин",
        "Куле\u00adбякин", "Еремей", "Еремея", "Еремею", "Еремеем", "о Еремее", "Yeremey", "Eremeï",
        "Кулебякины", "Кулебякиных", "Кулебякиной",
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_case_and_alphabet(text):
    assert found(f"Звонил {text.split()[-1]} вечером.", NAME) == [text.split()[-1]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Павел", "Павлу"), ("Лев", "Лева"), ("Пётр", "с Петром"), ("Дмитрий", "Дмитрием"), ("Мария", "Марией"),
        ("Илья", "Ильёй"), ("Наталья", "Наталье"), ("Кандинский", "Кандинского"), ("Кандинская", "Кандинской"),
        ("Толстой", "Толстым"), ("Кравец", "Кравцу"), ("Шевченко", "Шевченко"), ("Игорь", "Игорем"),
        ("Иванова", "Ивановым"), ("Сергей", "Серёже"), ("Александр", "Сашей"), ("Юрий", "Iouri"), ("Ким", "Киму"),
    ],
)  # fmt: skip
def test_names_of_every_declension(name, text):
    assert found(f"Говорили: {text}, долго.", Secret(Kind.NAME, name)) == [text.split()[-1]]


@pytest.mark.parametrize(
    "text",
    [
        "Он или она придёт вечером", "He called in the evening from Astana", "Il faut relire la lettre",
        "Погода хорошая, встреча в среду", "Le 12 mars, deux pages", "Кулебяка была вкусная",
    ],
)  # fmt: skip
def test_a_text_without_a_name_is_left_alone(text):
    assert found(text, NAME, WIFE, Secret(Kind.NAME, "Илья")) == []


def test_first_name_and_surname_are_one_place_and_two_people_are_two():
    text = "Еремей Кулебякин и Мария ждут."
    places = find_leaks(text, [NAME, WIFE])

    assert [(text[one.start : one.end], one.about) for one in places] == [
        ("Еремей Кулебякин", "Maple 12"),
        ("Мария", "Maple 13"),
    ]
    assert replaced(text, places, lambda place: place.about) == "Maple 12 и Maple 13 ждут."


@pytest.mark.parametrize(
    ("secret", "text", "expected"),
    [
        (Secret(Kind.NUMBER, "75 1234567"), "паспорт 75№1234567, копия", ["75№1234567"]),
        (Secret(Kind.NUMBER, "75 1234567"), "751234567", ["751234567"]),
        (Secret(Kind.NUMBER, "N12345678"), "карта №N 1234 5678", ["N 1234 5678"]),
        (Secret(Kind.NUMBER, "АВ-1234567"), "AB 1234567", ["AB 1234567"]),
        (Secret(Kind.NUMBER, "75 1234567"), "75 человек, 1234567 тенге", []),
        (Secret(Kind.NUMBER, "12"), "12", []),
        (Secret(Kind.PHONE, "+7 701 555 01 02"), "8 (701) 555-01-02", ["701) 555-01-02"]),
        (Secret(Kind.PHONE, "+7 701 555 01 02"), "77015550102", ["7015550102"]),
        (Secret(Kind.HANDLE, "@kulebyaka"), "написал KULEBYAKA вчера", ["KULEBYAKA"]),
        (Secret(Kind.HANDLE, "@kulebyaka"), "kulebyakas", []),
        (Secret(Kind.HANDLE, "er.kul@example.org"), "ask er.kul@example.org.", ["er.kul@example.org"]),
        (Secret(Kind.BIRTH_DATE, "1999-11-04"), "born 04.11.1999, 4 ноября 1999 г.", ["04.11.1999", "4 ноября 1999"]),
        (Secret(Kind.BIRTH_DATE, "1999-11-04"), "né le 4 novembre 1999; November 4, 1999; 1999-11-04; 4/11/99",
         ["4 novembre 1999", "November 4, 1999", "1999-11-04", "4/11/99"]),
        (Secret(Kind.BIRTH_DATE, "1999-11-04"), "05.11.1999", []),
    ],
)  # fmt: skip
def test_numbers_phones_handles_and_days(secret, text, expected):
    assert found(text, secret) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Позвони +7 701 555 01 02 вечером", [(Kind.PHONE, "+7 701 555 01 02")]),
        ("паспорт 45 12 345678", [(Kind.NUMBER, "45 12 345678")]),
        ("загран 75 1234567", [(Kind.NUMBER, "75 1234567")]),
        ("пишите @vasya_pupkin", [(Kind.HANDLE, "@vasya_pupkin")]),
        ("a@example.org", [(Kind.HANDLE, "a@example.org")]),
        ("Встретил Сергея у входа", [(Kind.NAME, "Сергея")]),
        ("Claire a appelé", []),
        ("Позвонить в 18:30, 3 страницы, 12.05.2026", []),
        ("2026-05-12, 150 000 тенге", []),
    ],
)
def test_shapes_warn_where_nothing_is_known(text, expected):
    places = find_shapes(text, allowed=["Claire Démo"])

    assert [(place.kind, text[place.start : place.end]) for place in places] == expected


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_places_lie_in_the_text(text):
    places = find_leaks(text, [NAME, Secret(Kind.NUMBER, "75 1234567"), Secret(Kind.PHONE, "+77015550102")])

    assert all(0 <= place.start < place.end <= len(text) for place in [*places, *find_shapes(text)])
    assert all(one.end <= other.start for one, other in pairwise(places))


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_between_any_words_is_found(before, after):
    text = f"{before} Кулебякиным {after}"

    assert any(
        place.start <= len(before) + 1 and place.end >= len(before) + 12 for place in find_leaks(text, [NAME])
    )


def test_what_is_replaced_is_gone():
    text = "Кулебякину: 8 (701) 555-01-02, с Еремеем"
    secrets = [NAME, Secret(Kind.PHONE, "+7 701 555 01 02", "Maple 12")]
    clean = replaced(text, find_leaks(text, secrets), lambda place: place.about)

    assert find_leaks(clean, secrets) == []


def test_the_nominative_is_among_the_forms():
    for name in ("Кулебякин", "Мария", "Лев", "Ли", "Юрий", "Шевченко", "Черных"):
        assert sound(name) in declined(name)


def test_a_place_tells_nothing_in_a_log():
    assert "Кулебякин" not in repr(NAME) + repr(Place(0, 3, Kind.NAME, "Maple 12"))
