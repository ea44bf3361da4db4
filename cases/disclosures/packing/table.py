"""The people as CSV, and a text beside it that says what it is."""

import csv
import io

from cases.disclosures.packing.sheet import Sheet
from cases.sheets.formulas import defused_text

# Where the comma stands inside of numbers, spreadsheet programs split cells at the semicolon.
_SEMICOLON = {"fr", "ru"}


def as_csv(sheet: Sheet) -> bytes:
    """Everything in quotes, nothing that a spreadsheet program would take for a formula, and whose copy it is in each row."""
    text = io.StringIO(newline="")
    delimiter = ";" if sheet.language in _SEMICOLON else ","
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["#", *(_cell(column.label) for column in sheet.columns), _cell(sheet.mark_label)])
    for number, person in enumerate(sheet.people, start=1):
        cells = [_cell("; ".join(lines)) for lines in person]
        writer.writerow([str(number), *cells, _cell(sheet.mark)])
    return text.getvalue().encode("utf-8-sig")


def as_readme(sheet: Sheet) -> bytes:
    lines = [sheet.heading, "", *(f"{label}: {said}" for label, said in sheet.about), "", *sheet.notes, ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def _cell(text: str) -> str:
    return defused_text("; ".join(part for line in text.splitlines() if (part := line.strip())))
