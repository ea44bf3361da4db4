import csv

import pytest
from django.core.management import CommandError, call_command

from cases.documents.management.commands.measure_zones import Command
from cases.documents.zones.measure import MeasureError, measure, read_corpus, report, speed
from tests.documents.zones.samples import RUS_INTERNAL, SPECIMENS, TD1, TD3, TODAY

COLUMNS = ["id", "format", "line1", "line2", "line3", "all_check_digits_ok", "failed_checks"]
WRONG = TD3[1].replace("7408122", "7408123")
ROWS = [
    ["a1", "TD3", *TD3, "", "yes", ""],
    ["a2", "TD1", *TD1, "yes", ""],
    ["a3", "TD3", TD3[0], WRONG, "", "no", "birth composite"],
    ["a4", "MALFORMED", TD3[0], TD3[1][:40], "", "no", "length:44/40"],
    ["a5", "TD3", TD3[0], WRONG, "", "yes", ""],
    ["a6", "TD3", TD3[0], WRONG, "", "no", "number"],
]


def written(path, rows, columns=COLUMNS):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def test_agreement_defects_and_disagreeing_lines(tmp_path):
    figures = measure(read_corpus(written(tmp_path / "a.csv", ROWS)), today=TODAY, seconds=0)

    assert figures.lines == 6
    assert figures.labelled == {
        ("TD3", True): 2,
        ("TD1", True): 1,
        ("TD3", False): 2,
        ("MALFORMED", False): 1,
    }
    assert figures.agreed == {("TD3", True): 1, ("TD1", True): 1, ("TD3", False): 2, ("MALFORMED", False): 1}
    assert (figures.defects, figures.named) == (4, 3)
    assert (figures.disagreeing, figures.not_named, figures.doubtful) == (["a5"], ["a6 number"], [])
    assert len(figures.per_second) == 4
    assert min(figures.per_second.values()) > 0


def test_a_folder_is_read_file_by_file(tmp_path):
    written(tmp_path / "a.csv", ROWS[:1])
    written(tmp_path / "b.csv", [["b1", *RUS_INTERNAL, "all_ok"]], ["id", "line1", "line2", "check_digits"])

    assert [(line.id, line.format) for line in read_corpus(tmp_path)] == [("a1", "TD3"), ("b1", "")]


def test_a_zone_may_stand_in_one_cell(tmp_path):
    path = written(tmp_path / "a.csv", [["a1", "TD3", "\n".join(TD3), "", "", "yes", ""]])

    assert measure(read_corpus(path), today=TODAY, seconds=0).disagreeing == []


def test_the_report_names_everything(tmp_path):
    text = "\n".join(report(measure(read_corpus(written(tmp_path / "a.csv", ROWS)), today=TODAY, seconds=0)))

    assert "TD3, labelled valid: 1 of 2 agree" in text
    assert "labelled defects named: 3 of 4" in text
    assert "disagreeing lines: a5" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id,line1\n1,2\n", "lacks a column"),
        (b"", "lacks a column"),
        (b"id,line1,line2,all_check_digits_ok\n", "holds no labelled lines"),
        (b"id,line1,line2,all_check_digits_ok\n1,a,b,perhaps\n", "label 'perhaps'"),
        (b"id,line1,line2,all_check_digits_ok\n1\n", "label None"),
        (b"\xff\xfe\x00", "not a CSV file"),
        (b"id,line1,line2,all_check_digits_ok\n1," + b"x" * 200_000, "not a CSV file"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(MeasureError, match=sentence):
        read_corpus(path)


def test_a_missing_file_is_said_in_one_sentence(tmp_path):
    with pytest.raises(MeasureError, match="cannot be read"):
        read_corpus(tmp_path / "none.csv")
    with pytest.raises(MeasureError, match="no labelled lines"):
        read_corpus(tmp_path)


def test_the_command_prints_the_figures(tmp_path, capsys):
    call_command(Command(), written(tmp_path / "a.csv", ROWS))

    assert "lines read: 6" in capsys.readouterr().out


def test_the_command_refuses_with_the_same_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command(Command(), tmp_path / "none.csv")


def test_the_reader_is_fast_enough_for_a_busy_machine():
    texts = ["\n".join(lines) for lines in SPECIMENS.values()]

    assert speed(texts, TODAY, 0.2, values=True) > 5_000
