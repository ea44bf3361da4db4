"""Spreadsheets for the tests: good ones and hostile ones."""

import csv
import io
import re
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

CYRILLIC = [
    ["ФИО", "Категория", "Дата рождения"],
    ["Зимин Иван Петрович", "контрактник", "15.7.1974"],
    ["Ёлкина Анна", "жена; партнёр", "1980"],
]
FRENCH = [["Nom", "Prénom", "Pays"], ["Lefèvre", "Andréa", "Géorgie"], ["Noël", "Zoé", "Turquie"]]


def as_csv(rows, separator=",", encoding="utf-8", line_end="\r\n"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def edited(content, part, change):
    """The workbook with one of its parts changed by hand."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return made.getvalue()


def bomb():
    """A few kilobytes that unfold to 100 megabytes."""
    made = io.BytesIO(as_xlsx([["Name"]]))
    with ZipFile(made, "a", ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/blank.bin", bytes(100 * 1024**2))
    return made.getvalue()


def entities():
    """A sheet whose XML entities would unfold to gigabytes."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 50}">' for n in range(1, 8))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode()

    def change(sheet):
        body = re.sub(rb"<v>.*?</v>", b"<v>&e7;</v>", sheet, count=1)
        return head + body

    return edited(as_xlsx([["Name"], [1]]), "xl/worksheets/sheet1.xml", change)
