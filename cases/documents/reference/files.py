"""Reads files of reference data, those of this folder or others, and says what is wrong by file, line and column."""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cases.documents.reference.columns import FILES, BadCell, Reader
from cases.documents.reference.rows import to_rules
from cases.documents.travel.rules import Rules

HERE = Path(__file__).parent
Tables = Mapping[str, tuple[Mapping[str, Any], ...]]
Columns = Mapping[str, Reader]
# Compares the files of one folder with each other; raises BadFile.
Check = Callable[[Path, Tables], None]
# Column -> the file whose codes it speaks of.
NAMES_A_TYPE = {"entry_rules": "document", "visa_rules": "visa", "remedies": "document"}
NAMES_A_PLACE = {"entry_rules": "destination", "visa_rules": "destination", "remedies": "destination"}


class BadFile(Exception):
    """`str()` of it is a sentence with the place in the file."""

    def __init__(self, file: Path, what: str, *, line: int = 0, column: str = "") -> None:
        self.file, self.line, self.column, self.what = file.name, line, column, what
        place = [self.file, *([f"line {line}"] if line else []), *([f"column {column}"] if column else [])]
        super().__init__(f"{', '.join(place)}: {what}")


def read_rules(folder: Path | None = None) -> Rules:
    """Return all rows of the files as the rules of travel want them."""
    return to_rules(read_tables(folder))


def read_tables(folder: Path | None = None) -> Tables:
    """Return the rows of all files of this folder with every column, by the name of the file; raises BadFile."""
    return read_files(folder or HERE, FILES, check_names)


def read_files(folder: Path, files: Mapping[str, Columns], check: Check | None = None) -> Tables:
    """Return the rows of `files` with every column, by the name of the file; raises BadFile."""
    tables = {name: tuple(_read(folder / f"{name}.csv", columns)) for name, columns in files.items()}
    if check:
        check(folder, tables)
    return {
        name: tuple({column: row[column] for column in files[name]} for row in rows)
        for name, rows in tables.items()
    }


def _read(file: Path, columns: Columns) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            header = next(reader, [])
            _check_header(file, header, list(columns))
            keys: dict[str, int] = {}
            for cells in reader:
                row = _row(file, reader.line_num, header, cells, columns)
                before = keys.setdefault(row["key"], reader.line_num)
                if before != reader.line_num:
                    raise BadFile(
                        file, f"stands in line {before} already.", line=reader.line_num, column="key"
                    )
                yield row
    except FileNotFoundError:
        raise BadFile(file, "is missing.") from None
    except UnicodeDecodeError:
        raise BadFile(file, "is not UTF-8 text.") from None
    except csv.Error as error:
        raise BadFile(file, f"is no CSV: {error}.", line=reader.line_num) from None


def _check_header(file: Path, header: list[str], expected: list[str]) -> None:
    for column in expected:
        if header.count(column) != 1:
            raise BadFile(file, "the column is needed once.", line=1, column=column)
    for column in header:
        if column not in expected:
            raise BadFile(file, "the column is not known.", line=1, column=column)


def _row(file: Path, line: int, header: list[str], cells: list[str], columns: Columns) -> dict[str, Any]:
    if len(cells) != len(header):
        raise BadFile(file, f"{len(cells)} cells; the first line has {len(header)}.", line=line)
    row: dict[str, Any] = {"line": line}
    for column, text in zip(header, cells, strict=True):
        try:
            row[column] = columns[column](text.strip())
        except BadCell as error:
            raise BadFile(file, str(error), line=line, column=column) from None
    if row["begins"] and row["ends"] and row["ends"] < row["begins"]:
        raise BadFile(file, "is before the day in begins.", line=line, column="ends")
    return row


def check_names(folder: Path, tables: Tables) -> None:
    """Refuse a row that speaks of a document type or an area of which the other files know nothing."""
    types = {row["code"] for row in tables["document_types"]}
    areas = {row["area"] for row in tables["area_members"]} | {"ANY"}
    for name, column in NAMES_A_TYPE.items():
        for row in tables[name]:
            if row[column] not in types:
                what = f'"{row[column]}" is no code in document_types.csv.'
                raise BadFile(folder / f"{name}.csv", what, line=row["line"], column=column)
    for name, column in NAMES_A_PLACE.items():
        for row in tables[name]:
            place = row[column]
            if len(place.partition("-")[0]) > 2 and place not in areas:
                what = f'"{place}" is no area in area_members.csv.'
                raise BadFile(folder / f"{name}.csv", what, line=row["line"], column=column)
