from datetime import date

import pytest

from cases.desk.imports import words
from cases.desk.imports.people import Defaults, Layout
from cases.desk.imports.rows import read_people, without_taken
from cases.sheets.tables import make_table

TODAY = date(2026, 11, 22)
DEFAULTS = Defaults("contract", "KZ", "signal")


def read(fields, *rows, defaults=DEFAULTS):
    codes = fields.split("|")
    layout = Layout({column: code for column, code in enumerate(codes) if code}, headed=False)
    return read_people(make_table([row.split("|") for row in rows]), layout, defaults, TODAY)


def said(people):
    return [
        (remark.row, remark.column, remark.text, remark.blocks)
        for person in people
        for remark in person.remarks
    ]


def test_a_whole_row_becomes_a_person():
    [person] = read(
        "pseudonym|family_name|given_name|patronymic|category|country|channel|languages|urgency|last_contact|needs|phone|email",
        "lotus  47|Зимин|Иван|Петрович|срочник|Киргизия|телеграм|русский, english|срочно|1.11.2026|insulin|+7 999|i@x.org",
    )

    assert person.good
    assert person.remarks == ()
    assert (person.pseudonym, person.category, person.country, person.channel) == (
        "Lotus 47",
        "conscript",
        "KG",
        "telegram",
    )
    assert (person.languages, person.urgency, person.last_contact, person.needs) == (
        ["ru", "en"],
        3,
        date(2026, 11, 1),
        "insulin",
    )
    assert person.identity == {
        "family_name": "Зимин",
        "given_name": "Иван",
        "patronymic": "Петрович",
        "name": "Зимин Иван Петрович",
    }
    assert person.contact == {"phone": "+7 999", "email": "i@x.org"}


def test_what_the_file_does_not_say_the_form_says():
    people = read("name|category|country", "Ivan||", "Anna|wife|FR")

    assert [(p.category, p.country, p.channel) for p in people] == [
        ("contract", "KZ", "signal"),
        ("partner", "FR", "signal"),
    ]


def test_what_nobody_says_is_an_error_where_it_is_needed():
    people = read("name|category", "Ivan|", defaults=Defaults())

    assert said(people) == [
        (1, 1, "The category is missing.", True),
        (1, None, "How the person was reached is missing.", True),
    ]


def test_errors_are_said_by_row_and_column_and_never_quote_the_cell():
    people = read(
        "name|country|category|channel|languages|urgency|birth_date|last_contact",
        "Ivan|Ivanland|Ivanist|Ivangram|ru, ivanish|very Ivan|31.2.Ivan|Ivan's day",
    )

    assert not people[0].good
    assert said(people) == [
        (1, 6, "Not a date of birth. Write it as 15.7.1974, 1974-07-15 or 1974.", True),
        (1, 2, "Not a category we know.", True),
        (1, 1, "Not a country we know.", True),
        (1, 3, "Not a channel we know.", True),
        (1, 4, "Not a language we know.", True),
        (1, 5, "Not an urgency we know.", True),
        (1, 7, "Not a day in the past. Write it as 15.7.2026 or 2026-07-15.", True),
    ]


def test_a_doubtful_date_of_birth_is_said_and_does_not_block():
    [person] = read("name|birth_date", "Ivan|15.7.1974 or 16.7.1974")

    assert person.good
    assert person.identity["birth_date"] == "1974-07"
    assert said([person]) == [
        (1, 1, "Not one plain date: only what is certain was read. Complete it later in the case.", False)
    ]


def test_other_names_come_from_several_columns_each_once():
    [person] = read("name|other_names|other_names", "Ivan|Ваня; Iwan|Iwan ; ; Johann")

    assert person.identity["other_names"] == ["Ваня", "Iwan", "Johann"]


def test_the_latin_name_stands_in_where_there_is_no_other():
    [person] = read("latin_name", "Ivan Zimin")

    assert person.identity == {"latin_name": "Ivan Zimin", "name": "Ivan Zimin"}


@pytest.mark.parametrize("pseudonym", ["=1+1", "@cmd", "<b>x</b>", "-2", "a;b", "Lotus, 47"])
def test_a_pseudonym_is_made_of_letters_digits_and_hyphens(pseudonym):
    people = read("pseudonym|name", f"{pseudonym}|Ivan")

    assert said(people) == [(1, 0, "A pseudonym has only letters, digits, blanks and hyphens.", True)]


@pytest.mark.parametrize(
    ("pseudonym", "needs", "column"),
    [
        ("Zimin 7", "", 0),
        ("Lotus 47", "ask for ZIMIN", 2),
        ("ivan-zimin", "", 0),
        ("Зимин", "", 0),
        ("IvanZ 3", "", 0),
    ],
)
def test_a_name_does_not_slip_into_what_stands_in_clear(pseudonym, needs, column):
    people = read("pseudonym|name|needs", f"{pseudonym}|Ivan Zimin|{needs}")

    assert said(people) == [(1, column, "This holds a part of the sealed name.", True)]


def test_doubles_inside_the_file_are_said():
    people = read(
        "pseudonym|name|birth_date",
        "Lotus 47|Иван Зимин|1974",
        "lotus 47|Анна Ким|1980",
        "Panda 12|иван  зимин|1974",
        "|Иван Зимин|1975",
    )

    assert [person.good for person in people] == [True, False, True, True]
    assert said(people) == [
        (2, 0, "The same pseudonym stands in row 1.", True),
        (3, 1, "The same name and date of birth stand in row 1.", False),
    ]


def test_a_pseudonym_in_use_is_said():
    layout = Layout({0: "pseudonym", 1: "name"}, headed=False)
    people = read("pseudonym|name", "Lotus 47|Ivan", "Panda 12|Anna", "|Boris")

    checked = without_taken(people, {"lotus 47", ""} - {""}, layout)

    assert [person.good for person in checked] == [False, True, True]
    assert said(checked) == [(1, 0, "This pseudonym was given to somebody else already.", True)]


def test_cells_that_are_too_long_are_said():
    people = read("pseudonym|name|needs|other_names", f"{'L' * 41}|{'n' * 201}|{'x' * 301}|{'o' * 201}")

    assert sorted((column, text) for _row, column, text, _blocks in said(people)) == [
        (0, "Longer than 40 characters."),
        (1, "Longer than 200 characters."),
        (2, "Longer than 300 characters."),
        (3, "Longer than 200 characters."),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KZ", "KZ"),
        ("kaz", "KZ"),
        ("Kazakhstan", "KZ"),
        ("КАЗАХСТАН", "KZ"),
        ("Géorgie", "GE"),
        ("georgie", "GE"),
        ("Грузия", "GE"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("США", "US"),
        ("Atlantis", None),
    ],
)
def test_countries_are_known_by_code_and_in_three_languages(text, code):
    assert words.country_codes().get(words.key(text)) == code


@pytest.mark.parametrize(
    ("known", "text", "code"),
    [
        (words.categories, "Contract soldier", "contract"),
        (words.categories, "mobilisé", "mobilised"),
        (words.categories, "Мобилизованный", "mobilised"),
        (words.categories, "draft_refuser", "draft_refuser"),
        (words.channels, "WhatsApp", "whatsapp"),
        (words.channels, "courriel", "email"),
        (words.channels, "Лично", "meeting"),
        (words.urgencies, "4", "4"),
        (words.urgencies, "En danger", "4"),
        (words.languages, "Français", "fr"),
        (words.languages, "бурятский", "bua"),
    ],
)
def test_words_are_known_in_three_languages(known, text, code):
    assert known()[words.key(text)] == code


def test_what_is_printed_of_a_person_holds_no_name():
    [person] = read("name|phone", "Ivan Zimin|+7 999")

    assert "Zimin" not in repr(person)
    assert "999" not in repr(person)
