from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cases.sheets.reading import read_table
from cases.sheets.writing import CHUNK, DAY, NUMBER, TEXT, workbook

KINDS = [TEXT, DAY, NUMBER]


def written(rows, headings=("A", "B", "C"), kinds=KINDS):
    return b"".join(workbook(headings, kinds, rows))


def cells(content):
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_texts_days_and_numbers_come_back_as_what_they_are():
    content = written([('Мокрый <&> "кот"\nzweite', "2026-11-04", "3"), ("", None, None)])

    assert cells(content) == [
        ["A", "B", "C"],
        ['Мокрый <&> "кот"\nzweite', datetime(2026, 11, 4), 3],
        [None, None, None],
    ]
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert (sheet["B2"].is_date, sheet["A1"].font.b, sheet.freeze_panes) == (True, True, "A2")


@pytest.mark.parametrize("text", ["=1+1", "+7701", "@x", '=HYPERLINK("http://x.invalid")', "{=1}"])
def test_no_cell_is_ever_a_formula(text):
    sheet = load_workbook(BytesIO(written([(text, None, None)]))).worksheets[0]

    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", text)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_written_can_be_read_again(text):
    kept = "".join(
        char for char in text if char in "\t\n\r" or (ord(char) > 31 and char not in "\ufffe\uffff")
    )
    [[found]] = cells(written([(text,)], ["A"], [TEXT]))[1:]

    # XML knows one sign for the end of a line.
    assert (found or "") == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_a_text_that_looks_like_a_sign_by_its_number_stays_what_it_is():
    content = written([("_x0041_", None, None)])

    assert b"_x005F_x0041_" in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_our_own_import_reads_it():
    table = read_table(written([("Lotus 47", "2026-11-04", "3")]), limit=10**6)

    assert [row.cells for row in table.rows] == [["A", "B", "C"], ["Lotus 47", "2026-11-04", "3"]]


def test_it_comes_in_pieces_that_follow_one_another():
    asked = []

    def rows():
        for number in range(60_000):
            asked.append(number)
            yield (f"Lotus {number} {hash(str(number))}", None, str(number))

    pieces = workbook("ABC", KINDS, rows())
    first = next(pieces)
    begun = len(asked)
    rest = list(pieces)

    assert begun < 20_000
    assert max(len(piece) for piece in [first, *rest]) < 4 * CHUNK
    assert len(cells(first + b"".join(rest))) == 60_001
