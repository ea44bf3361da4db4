import time
from datetime import date, datetime

import pytest

from cases.sheets import refusals
from cases.sheets.reading import read_table
from cases.sheets.tables import letter
from tests.sheets.files import CYRILLIC, FRENCH, as_csv, as_xlsx, bomb, edited, entities

LIMIT = 10 * 1024**2


def rows(content):
    return [row.cells for row in read_table(content, limit=LIMIT).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_russian_text_is_read_in_every_encoding_and_separator(encoding, separator):
    assert rows(as_csv(CYRILLIC, separator, encoding)) == CYRILLIC


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_french_text_is_read_as_french(encoding):
    assert rows(as_csv(FRENCH, ";", encoding)) == FRENCH


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(line_end):
    assert rows(as_csv(CYRILLIC, line_end=line_end)) == CYRILLIC


def test_a_cell_may_hold_separators_quotes_and_line_ends():
    wild = [["Name", "Alias"], ['Ivan "Vanya" Zimin', "a; b, c\nd"], ["Anna", "; ; ;"]]

    assert rows(as_csv(wild)) == wild


def test_the_separator_that_excel_writes_in_the_first_line_is_believed():
    table = read_table(b"sep=|\r\nName|Alias\r\nIvan|a,b\r\n", limit=LIMIT)

    assert [(row.number, row.cells) for row in table.rows] == [(2, ["Name", "Alias"]), (3, ["Ivan", "a,b"])]


def test_one_column_needs_no_separator():
    assert rows("Имя\nИван\nАнна\n".encode()) == [["Имя"], ["Иван"], ["Анна"]]


def test_empty_rows_are_passed_over_but_counted():
    table = read_table(b"Name,Country\n\n,,\nIvan,KZ\n", limit=LIMIT)

    assert [row.number for row in table.rows] == [1, 4]


def test_what_cannot_be_seen_is_taken_away():
    assert rows("Name\n  Ivan\u200b\u00a0\u202eZimin \n".encode()) == [["Name"], ["Ivan Zimin"]]


def test_a_workbook_is_read_like_a_text():
    assert rows(as_xlsx(CYRILLIC)) == CYRILLIC


def test_numbers_and_days_of_a_workbook_become_plain_text():
    cells = [
        79991234567.0,
        1.5,
        7,
        True,
        date(1974, 7, 15),
        datetime(1974, 7, 15),
        datetime(2026, 1, 2, 13, 5),
        None,
        "x",
    ]

    assert rows(as_xlsx([cells])) == [
        ["79991234567", "1.5", "7", "True", "1974-07-15", "1974-07-15", "2026-01-02 13:05", "", "x"]
    ]


def test_a_formula_is_never_worked_out():
    assert rows(as_xlsx([["Name", "=1+1"], ["Ivan", '=HYPERLINK("http://x.invalid")']])) == [
        ["Name"],
        ["Ivan"],
    ]
    assert rows(b"Name,Note\nIvan,=1+1\n") == [["Name", "Note"], ["Ivan", "=1+1"]]


def test_the_first_visible_sheet_is_read():
    def change(book):
        book.create_sheet("second").append(["Other"])
        book.active.sheet_state = "hidden"

    assert rows(as_xlsx([["Name"]], change)) == [["Other"]]


def test_the_stated_size_of_a_sheet_is_not_believed():
    def change(sheet):
        assert b'ref="A1:A2"' in sheet
        return sheet.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')

    content = edited(as_xlsx([["Name"], ["Ivan"]]), "xl/worksheets/sheet1.xml", change)

    assert rows(content) == [["Name"], ["Ivan"]]


def test_the_content_counts_not_the_ending_of_the_name():
    with pytest.raises(refusals.NotASpreadsheet):
        rows(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(refusals.NotASpreadsheet):
        rows(b"%PDF-1.7 Name,Country")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.Empty),
        (b" \r\n\t\n", refusals.Empty),
        (b",,,\n,,\n", refusals.Empty),
        (as_xlsx([]), refusals.Empty),
        (b"Name,Country\nIv\x00an,KZ\n" * 50, refusals.NotASpreadsheet),
        (b"Name\x07\n", refusals.NotASpreadsheet),
        (b"\xff\xfeN\x00\x00", refusals.UnknownEncoding),
        ("имя,".encode("cp1251") + b"\x98\x81\n", refusals.UnknownEncoding),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), refusals.OldOrLocked),
        (b"PK\x03\x04 but no archive", refusals.Broken),
        (as_xlsx([["Name"]])[:2000], refusals.Broken),
        (b'Name,Country\n"Ivan,KZ\nAnna,FR\n', refusals.BrokenQuotes),
        (b'Name,Country\n"Ivan" x,KZ\n', refusals.BrokenQuotes),
        (b"Name\n" + b"Ivan\n" * 10_001, refusals.TooManyRows),
        (b"Name\n" + b"\n" * 60_000, refusals.TooManyRows),
        (as_csv([["x"] * 2000]), refusals.TooManyColumns),
        (as_xlsx([["x"] * 2000]), refusals.TooManyColumns),
        (bytes(50) * 1024**2, refusals.TooLarge),
    ],
)
def test_each_hostile_or_broken_file_has_its_sentence(content, refusal):
    with pytest.raises(refusal) as caught:
        rows(content)

    assert str(caught.value)[0].isupper()
    assert "Ivan" not in str(caught.value)


def test_ten_thousand_rows_are_not_too_many():
    assert len(rows(b"Name\n" + b"Ivan\n" * 10_000)) == 10_001


def test_another_archive_is_no_spreadsheet():
    renamed = edited(as_xlsx([["Name"]]), "xl/workbook.xml", lambda part: part).replace(b"xl/", b"no/")

    with pytest.raises(refusals.NotASpreadsheet):
        rows(renamed)


@pytest.mark.parametrize(("make", "refusal"), [(bomb, refusals.UnfoldsTooLarge), (entities, refusals.Broken)])
def test_a_bomb_does_not_go_off(make, refusal):
    content = make()
    started = time.monotonic()

    assert len(content) < 200_000
    with pytest.raises(refusal):
        rows(content)
    assert time.monotonic() - started < 3


def test_a_row_that_claims_to_be_the_last_of_a_million_is_refused():
    content = edited(
        as_xlsx([["Name"], ["Ivan"]]),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="A1048576"'),
    )

    with pytest.raises(refusals.TooManyRows):
        rows(content)


def test_columns_are_lettered_as_spreadsheets_do():
    assert [letter(column) for column in (0, 25, 26, 51, 99)] == ["A", "Z", "AA", "AZ", "CV"]
