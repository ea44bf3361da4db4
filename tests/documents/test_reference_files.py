import csv
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django_countries import countries

from cases.documents import models
from cases.documents.places import PARTS
from cases.documents.reference.clashes import clashes
from cases.documents.reference.columns import FILES, ROLES, ZONES
from cases.documents.reference.files import HERE, BadFile, read_rules, read_tables
from cases.documents.reference.rows import KINDS, columns
from cases.documents.tables import MODELS
from cases.documents.travel import rules

READ = date(2026, 11, 22)
CATALOGUE = [
    "RU_INT",
    "RU_ZAG5",
    "RU_ZAG10",
    "RU_RET",
    "RU_MIL",
    "RU_MILOFF",
    "RU_MILNUM",
    "RU_BIRTH",
    "RU_MARR",
    "RU_SNILS",
    "RU_INN",
    "RU_DL",
    "KZ_REG",
    "KZ_IIN",
    "KZ_ASY",
    "KZ_REF",
    "KZ_RES",
    "EU_VISA_C",
    "FR_VISA_D_ASILE",
    "FR_LP",
    "EU_FORM_333",
    "UNHCR_CERT",
    "CTD51",
    "ICRC_ETD",
    "FR_ATTEST",
    "FR_OFPRA",
    "OTHER_PASSPORT",
    "OTHER_VISA",
    "OTHER",
]
TABLES = read_tables()
ROWS = [(table, row) for table, rows in TABLES.items() for row in rows]
TYPES = {row["code"]: row for row in TABLES["document_types"]}


def named(case):
    return f"{case[0]}/{case[1]['key']}"


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to spoil."""
    for name in FILES:
        shutil.copy(HERE / f"{name}.csv", tmp_path)
    return tmp_path


def spoil(folder, table, line, **cells):
    """Change cells in one line of a file; the first row is line 2."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    rows[line - 2] |= cells
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, list(FILES[table]))
        writer.writeheader()
        writer.writerows(rows)


class TestShape:
    @pytest.mark.parametrize("table", FILES)
    def test_a_file_has_the_columns_of_its_table(self, table):
        fields = {field.name for field in MODELS[table]._meta.fields if field.name != "loaded"}

        assert set(FILES[table]) == fields
        assert set(columns(table)) <= fields

    def test_the_words_of_the_files_are_those_of_the_tables_and_of_the_rules(self):
        assert tuple(models.DocumentType.Role.values) == ROLES
        assert tuple(models.Zone.values) == ZONES
        assert models.Effect.values == [one.value for one in rules.Effect]
        assert models.VisaNeed.values == [one.value for one in rules.Visa]
        assert models.Confidence.values == [one.value for one in rules.Confidence]

    def test_what_a_file_can_hold_a_table_can_hold(self):
        for table, row in ROWS:
            MODELS[table](**row).clean_fields()

    def test_every_table_has_its_place_in_the_rules(self):
        assert set(KINDS) == set(FILES) == set(MODELS)
        found = read_rules()
        assert [len(getattr(found, place)) for _kind, place in KINDS.values()] == [
            len(TABLES[table]) for table in KINDS
        ]


class TestCatalogue:
    def test_nothing_is_missing(self):
        assert sorted(TYPES) == sorted(CATALOGUE)

    @pytest.mark.parametrize("code", [code for code in CATALOGUE if TYPES[code]["number_pattern"]])
    def test_the_example_fits_the_pattern(self, code):
        example = re.sub(r"\s", "", TYPES[code]["number_example"])

        assert example
        assert re.search(TYPES[code]["number_pattern"], example)
        assert not re.search(TYPES[code]["number_pattern"], example + "0000000000")

    @pytest.mark.parametrize(
        ("code", "number"),
        [
            ("RU_INT", "1104000000"),
            ("RU_ZAG10", "110400000"),
            ("RU_MIL", "АБ0123456"),
            ("RU_MILNUM", "12345-А"),
            ("RU_BIRTH", "XIV-РС123456"),
            ("RU_DL", "77АБ123456"),
            ("EU_VISA_C", "F00000000"),
        ],
    )
    def test_real_numbers_fit(self, code, number):
        assert re.search(TYPES[code]["number_pattern"], number)

    @pytest.mark.parametrize("code", ["RU_RET", "KZ_REG", "KZ_ASY", "RU_SNILS", "RU_INN", "RU_ZAG5", "FR_LP"])
    def test_what_can_hurt_carries_a_warning(self, code):
        assert TYPES[code]["warning_en"]

    def test_the_kazakh_papers_are_no_travel_papers(self):
        assert {TYPES[code]["role"] for code in ("KZ_ASY", "KZ_RES", "KZ_REF", "KZ_REG")} == {"stay"}

    def test_a_paper_that_an_entry_rule_names_can_be_shown_at_a_border(self):
        roles = {TYPES[row["document"]]["role"] for row in TABLES["entry_rules"]}

        # Until 2026 a child crossed some borders on the birth certificate.
        assert roles == {"travel", "single", "identity", "civil"}

    def test_a_visa_rule_names_a_visa(self):
        assert {TYPES[row["visa"]]["role"] for row in TABLES["visa_rules"]} == {"visa"}


class TestEveryRow:
    @pytest.mark.parametrize("case", ROWS, ids=named)
    def test_a_text_is_there_in_three_languages_or_in_none(self, case):
        row = case[1]
        for name in {column[:-3] for column in row if column.endswith("_en")}:
            said = [row[f"{name}_{language}"] for language in ("en", "fr", "ru")]

            assert len({bool(text) for text in said}) == 1
            assert not said[2] or re.search("[а-яё]", said[2], re.I) or said[2].isascii()

    @pytest.mark.parametrize("case", ROWS, ids=named)
    def test_dates_are_plausible_and_only_what_was_read_is_called_verified(self, case):
        row = case[1]
        read = row["confidence"] in ("found", "low", "conflict")

        assert row["verified_on"] == (READ if read else None)
        assert row["source_date"] is None or row["source_date"] <= READ
        for day in (row["begins"], row["ends"]):
            assert day is None or date(2010, 1, 1) <= day <= READ

    @pytest.mark.parametrize("case", ROWS, ids=named)
    def test_places_exist(self, case):
        known = {code for code, _name in countries} | set(PARTS) | {"SCHENGEN", "ANY", "", None}

        assert {case[1].get(column) for column in ("country", "destination", "issuer")} <= known

    def test_the_schengen_area_has_29_members(self):
        assert len({row["country"] for row in TABLES["area_members"] if row["area"] == "SCHENGEN"}) == 29


class TestNoTwoRulesAgree:
    ROW = next(row for row in read_rules().entries if row.key == "fr-ru-zag5-refused-2025-06")

    def test_to_disagree(self):
        assert clashes(read_rules().entries) == []

    @pytest.mark.parametrize(
        ("change", "clashing"),
        [
            ({"effect": rules.Effect.ACCEPTED}, 1),
            ({"effect": rules.Effect.ACCEPTED, "age_from": None, "age_below": 16}, 1),
            ({"effect": rules.Effect.ACCEPTED, "age_from": None, "age_below": 15}, 0),
            ({"effect": rules.Effect.ACCEPTED, "age_from": None}, 0),
            ({"effect": rules.Effect.ACCEPTED, "begins": None, "ends": date(2025, 6, 1)}, 1),
            ({"effect": rules.Effect.ACCEPTED, "begins": None, "ends": date(2025, 5, 31)}, 0),
            ({"effect": rules.Effect.ACCEPTED, "destination": "SCHENGEN"}, 0),
            ({"effect": rules.Effect.ACCEPTED, "document": "RU_ZAG10"}, 0),
            ({}, 0),
        ],
    )
    def test_a_planted_one_is_seen(self, change, clashing):
        assert len(clashes([self.ROW, replace(self.ROW, **change)])) == clashing


class TestBadFiles:
    @pytest.mark.parametrize(
        ("table", "cells", "sentence"),
        [
            ("entry_rules", {"begins": "2025-13-01"}, 'begins: holds "2025-13-01"; a date should look like 2026-01-31.'),
            ("entry_rules", {"effect": "acepted"}, 'effect: holds "acepted"; possible are accepted, refused, unknown.'),
            ("entry_rules", {"age_from": "-1"}, 'age_from: holds "-1"; it should be a whole number.'),
            ("entry_rules", {"age_from": "99999"}, 'age_from: holds "99999"; it should be a whole number.'),
            ("entry_rules", {"by_air": "true"}, 'by_air: holds "true"; it should be yes or empty.'),
            ("entry_rules", {"source": " "}, "source: is empty."),
            ("entry_rules", {"key": "Not a key"}, 'key: holds "Not a key"; it should look like fr-ru-zag5-refused-2025-06.'),
            ("entry_rules", {"key": "schengen-ru-zag5"}, "key: stands in line 3 already."),
            ("entry_rules", {"document": "RU_NIL"}, 'document: "RU_NIL" is no code in document_types.csv.'),
            ("entry_rules", {"destination": "SCHENGN"}, 'destination: "SCHENGN" is no area in area_members.csv.'),
            ("entry_rules", {"destination": "fr"}, 'destination: holds "fr"; it should look like FR, GE-AB, SCHENGEN or ANY.'),
            ("entry_rules", {"begins": "2025-02-01", "ends": "2025-01-31"}, "ends: is before the day in begins."),
            ("entry_rules", {"note_en": "x" * 1001}, "note_en: has 1001 characters; 1000 are possible."),
            ("entry_rules", {"note_en": "a\0b"}, "note_en: holds a character that cannot be stored."),
            ("document_types", {"number_pattern": "(["}, "number_pattern: is no regular expression: unterminated character set at position 1."),
            ("document_types", {"name_fr": ""}, "name_fr: is empty."),
            ("document_types", {"issuer": "RUS"}, 'issuer: holds "RUS"; it should look like KZ.'),
            ("visa_rules", {"visa": "RU_NIL"}, 'visa: "RU_NIL" is no code in document_types.csv.'),
        ],
    )  # fmt: skip
    def test_a_bad_cell_is_named_by_file_line_and_column(self, folder, table, cells, sentence):
        line = 2 if table == "visa_rules" else 5
        spoil(folder, table, line, **cells)

        with pytest.raises(BadFile) as raised:
            read_rules(folder)

        assert str(raised.value) == f"{table}.csv, line {line}, column {sentence}"

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (None, "exit_rules.csv: is missing."),
            (b"", "exit_rules.csv, line 1, column key: the column is needed once."),
            (b"\xff\xfe", "exit_rules.csv: is not UTF-8 text."),
            (b'key,"x\n', "exit_rules.csv, line 1: is no CSV: unexpected end of data."),
        ],
    )
    def test_a_bad_file_is_named(self, folder, content, sentence):
        path = folder / "exit_rules.csv"
        path.write_bytes(content) if content is not None else path.unlink()

        with pytest.raises(BadFile) as raised:
            read_rules(folder)

        assert str(raised.value) == sentence

    def test_columns_and_cells_are_counted(self, folder):
        path = folder / "exit_rules.csv"
        text = path.read_text()
        cases = {
            text.replace("key,", "key,extra,", 1): "line 1, column extra: the column is not known.",
            text + "kz-exit,1\n": f"line {text.count(chr(10)) + 1}: 2 cells; the first line has 13.",
        }
        for content, sentence in cases.items():
            path.write_text(content)
            with pytest.raises(BadFile) as raised:
                read_rules(folder)
            assert str(raised.value) == f"exit_rules.csv, {sentence}"

    def test_the_mark_that_a_spreadsheet_program_puts_first_does_no_harm(self, folder):
        path = folder / "visa_rules.csv"
        path.write_text("\ufeff" + path.read_text(), newline="\r\n")

        assert read_rules(folder) == read_rules(Path(HERE))
