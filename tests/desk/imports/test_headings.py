import pytest

from cases.desk.imports.headings import guess, has_headings, shape
from cases.sheets.tables import make_table


def table(*rows):
    return make_table([row.split("|") for row in rows])


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Full name|Date of birth|Country|Telegram|Pseudonym",
            ["name", "birth_date", "country", "handle", "pseudonym"],
        ),
        (
            "Nom|Prénom|Né(e) le|Lieu de naissance|Téléphone|Langues parlées|Catégorie",
            ["family_name", "given_name", "birth_date", "birth_place", "phone", "languages", "category"],
        ),
        (
            "Фамилия|Имя|Отчество|Дата рождения (ДД.ММ.ГГГГ)|Страна пребывания|Срочность|Последний контакт",
            ["family_name", "given_name", "patronymic", "birth_date", "country", "urgency", "last_contact"],
        ),
        ("ФИО|Эл. почта|Тел.", ["name", "email", "phone"]),
        ("Имя|Особые потребности", ["name", "needs"]),
        ("Nom|Pays", ["name", "country"]),
        (
            "name|alias|weakAlias|birthDate|birthPlace",
            ["name", "other_names", "other_names", "birth_date", "birth_place"],
        ),
        ("№|Name|Name", [None, "name", None]),
        ("Country of birth|Country", ["birth_place", "country"]),
    ],
)
def test_columns_are_guessed_from_headings_in_three_languages(headings, fields):
    guessed = guess(table(headings))

    assert [guessed.get(column) for column in range(len(fields))] == fields


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("ФИО|Категория", True),
        ("No|Name", True),
        ("Зимин Иван|контрактник", False),
        ("Зимин Иван|Telegram", False),
        ("Зимин Иван|Officer|Казахстан", False),
        ("Name|15.7.1974", False),
        ("Name|ivan@example.org", False),
        ("celex|recordId", False),
    ],
)
def test_a_first_row_that_might_be_a_person_is_no_heading(row, expected):
    assert has_headings(table(row)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ivan ZIMIN", "Aaaa AAA"),
        ("Зимин И. П.", "Яяяя Я. Я."),
        ("15.7.1974", "99.9.9999"),
        ("+7 999, vanya_z@mail.ru", "+9 999, aaa·a@aaa.aa"),
        ("Long " * 20, "Aaaa Aaaa Aaaa Aaaa Aaaa"),
    ],
)
def test_the_shape_of_a_cell_says_nothing_of_it(text, expected):
    assert shape(text) == expected
