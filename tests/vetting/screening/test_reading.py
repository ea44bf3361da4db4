import io
import json

import pytest

from cases.vetting.screening.checksums import check, sha1_of
from cases.vetting.screening.entries import Entry, clean, cleaned, digest, from_text, to_text
from cases.vetting.screening.problems import BadList, Wrong
from cases.vetting.screening.reading import Reading, nested
from tests.vetting.screening.lists import HEADER, entity, lines, table

ROW = {
    "id": "Q1",
    "name": "Eremei Kulebiakin",
    "aliases": 'Кулебякин;"Kulebiakin; Eremei"',
    "birth_date": "1999-11-04;1999",
    "countries": "ru",
    "dataset": "EU Financial Sanctions Files (FSF)",
    "program_ids": "EU-UKR",
    "first_seen": "2024-03-10T15:36:30",
}


def read(content):
    reading = Reading(io.BytesIO(content))
    return list(reading.rows()), reading


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        [name for name in HEADER if name != "program_ids"],
        [name for name in HEADER if name not in ("program_ids", "last_change")],
        HEADER[::-1],
    ],
    ids=["16 columns", "15 of 2024", "14 of 2022", "another order"],
)
def test_every_version_of_the_table_is_read_by_its_header(header):
    [entry], reading = read(table(ROW, header=header))

    assert (entry.id, entry.names) == ("Q1", ["Eremei Kulebiakin", "Kulebiakin; Eremei", "Кулебякин"])
    assert (entry.born, entry.countries, entry.since) == (["1999", "1999-11-04"], ["ru"], "2024-03-10")
    assert entry.datasets == ["EU Financial Sanctions Files (FSF)"]
    assert (reading.notes, reading.delta) == ([], False)


def test_missing_columns_are_said_and_tolerated():
    [entry], reading = read(b"\xef\xbb\xbfname,id\nEremei Kulebiakin,Q1\n")

    assert (entry.id, entry.schema, entry.born) == ("Q1", "Person", [])
    assert reading.notes == ["no_aliases", "no_birth_date", "no_countries", "no_dataset"]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", []),
        ("one", ["one"]),
        ("one;two", ["one", "two"]),
        ('one;"two; three"', ["one", "two; three"]),
        ('"say ""yes"""', ['say "yes"']),
        ('a "b', ['a "b']),
        ("one\ntwo;three", ["one two", "three"]),
    ],
)
def test_a_cell_with_several_values_is_a_table_itself(cell, values):
    assert nested(cell) == values


def test_what_is_wrong_is_told_by_its_line_and_the_rest_is_read():
    content = table(
        ROW, {"id": "", "name": "x"}, {"id": "Q2", "name": ""}, ROW | {"id": "Q3"}, {"schema": "Vessel"}
    )
    found, reading = read(content + b"too,few\n" + b'"Q4","Person","\xff\xfe"' + b',""' * 13 + b"\n")

    assert [row.id for row in found if isinstance(row, Entry)] == ["Q1", "Q3"]
    assert [row for row in found if isinstance(row, Wrong)] == [
        Wrong(3, "no_id"),
        Wrong(4, "no_name"),
        Wrong(7, "cells"),
        Wrong(8, "not_text"),
    ]
    assert reading.others == 1


def test_entities_are_read_with_all_their_names():
    one = entity(
        names=["Eremei KULEBIAKIN"],
        alias=["Erema"],
        weakAlias=["E. K."],
        previousName=["Пирогов Еремей"],
        firstName=["Еремей"],
        fatherName=["Фролович"],
        lastName=["Кулебякин"],
        birthDate=["1999-11-04"],
        birthPlace=["Урюпинск"],
        nationality=["ru"],
        topics=["sanction"],
    )
    [entry], reading = read(lines(one, {"id": "s", "schema": "Sanction", "properties": {}}))

    assert entry.names == [
        "E. K.",
        "Erema",
        "Eremei KULEBIAKIN",
        "Еремей Фролович Кулебякин",
        "Пирогов Еремей",
    ]
    assert (entry.families, entry.places, entry.topics) == (["Кулебякин"], ["Урюпинск"], ["sanction"])
    assert (entry.born, entry.datasets) == (["1999-11-04"], ["eu_fsf"])
    assert (reading.others, reading.delta) == (1, False)


def test_who_only_stands_beside_a_listed_person_is_left_out():
    [], reading = read(lines(entity() | {"target": False}))

    assert reading.others == 1


def test_a_delta_says_what_changed():
    changes = [
        {"op": "ADD", "entity": entity("a")},
        {"op": "MOD", "entity": entity("b")},
        {"op": "DEL", "entity": {"id": "c"}},
        {"op": "NOP", "entity": entity("d")},
    ]
    found, reading = read(lines(*changes))

    assert [(row.id, row.op) for row in found[:3]] == [("a", "ADD"), ("b", "MOD"), ("c", "DEL")]
    assert (found[3:], reading.delta) == ([Wrong(4, "unknown_op")], True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ('{"id": 1}', "not_an_entity"),
        ('{"id": "x", "schema": "Person"}', "not_an_entity"),
        ('{"id": "x", "schema": "Person", "properties": {}}', "no_name"),
        ('{"id": "' + "x" * 300 + '", "schema": "Person", "properties": {"name": ["y"]}}', "long_id"),
        ("{" * 5000, "not_json"),
        ("[]", "not_an_entity"),
        ('{"op": "ADD", "entity": 5}', "not_an_entity"),
    ],
)
def test_a_line_that_is_no_entity_is_told(line, code):
    found, _reading = read(lines(entity()) + line.encode() + b"\n\n")

    assert found[1:] == [Wrong(2, code)]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"\n \n", "empty"), (b"hello\nworld\n", "unknown"), (b"id,schema\n", "no_columns")],
)
def test_a_file_that_is_no_list_is_refused(content, code):
    with pytest.raises(BadList) as refusal:
        read(content)
    assert refusal.value.code == code
    assert "Nothing was changed." in str(refusal.value)


def test_an_open_quotation_mark_does_not_swallow_the_error():
    found, _reading = read(table(ROW) + b'"Q2,Person,' + b"x" * 200_000 + b"\n" + b"y" * 200_000)

    assert found[0].id == "Q1"
    assert {row.code for row in found[1:]} <= {"not_csv", "cells"}
    assert len(found) > 1


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (" a  b ", "a b"),
        ("a\x00b", "a b"),
        ("\ud800x", "x"),
        ("a\tb\nc", "a b c"),
        (None, ""),
        ("я" * 600, "я" * 500),
    ],
)
def test_a_value_is_kept_as_it_can_be_stored(value, kept):
    assert clean(value) == kept


def test_a_list_that_was_only_shuffled_is_no_change():
    first, second = (
        Entry("x", "Person", cleaned(names), born=cleaned(born))
        for names, born in ((["b", "a", "a"], ["2", "1"]), (["a", "b"], ["1", "2"]))
    )

    assert to_text(first) == to_text(second)
    assert from_text("x", to_text(first)) == first
    assert digest(to_text(first), "one") != digest(to_text(first), "other")


def index(**resource):
    return json.dumps({"resources": [{"name": "other", "size": 1}, resource]}).encode()


def test_the_index_vouches_for_a_file():
    sha1, size = sha1_of(io.BytesIO(b"content"))
    check(index(name="targets.simple.csv", checksum=sha1, size=size), "targets.simple.csv", sha1, size)
    check(index(name="targets.simple.csv", checksum=sha1, size=size), "targets.simple (1).csv", sha1, size)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"[]", "bad_index"),
        (b"{", "bad_index"),
        (index(name="x", size=7, checksum="0"), "not_in_index"),
        (index(name="targets.simple.csv"), "bad_index"),
        (index(name="targets.simple.csv", size=8, checksum="0"), "size_differs"),
        (index(name="targets.simple.csv", size=7, checksum="0" * 40), "checksum_differs"),
    ],
)
def test_a_file_that_the_index_does_not_vouch_for_is_refused(said, code):
    sha1, size = sha1_of(io.BytesIO(b"content"))
    with pytest.raises(BadList) as refusal:
        check(said, "targets.simple.csv", sha1, size)
    assert refusal.value.code == code
