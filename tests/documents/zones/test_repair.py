import re

import pytest

from cases.documents.zones.defects import RepairKind
from cases.documents.zones.kinds import Verdict
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import FRENCH_CARD, MRV_A, RUS_INTERNAL, SPECIMENS, TD1, TD2, TD3, TODAY

CYRILLIC = str.maketrans("ABEKMHOPCTXY", "АВЕКМНОРСТХУ")


def in_pieces(lines, size):
    return "\n".join(line[start : start + size] for line in lines for start in range(0, len(line), size))


WAYS = {
    "small letters": ("\n".join, str.lower, RepairKind.CASE),
    "Cyrillic look-alikes": ("\n".join, lambda text: text.translate(CYRILLIC), RepairKind.LOOK_ALIKE),
    "small Cyrillic": ("\n".join, lambda text: text.translate(CYRILLIC).lower(), RepairKind.LOOK_ALIKE),
    "wide letters": (
        "\n".join,
        lambda text: "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in text),
        RepairKind.LOOK_ALIKE,
    ),
    "groups of five": (
        lambda lines: "\n".join(re.sub("(.{5})", r"\1 ", line) for line in lines),
        str,
        RepairKind.BLANKS,
    ),
    "blanks for fillers": ("\n".join, lambda text: text.replace("<", " "), RepairKind.BLANKS),
    "single quotes": ("\n".join, lambda text: text.replace("<", "‹"), RepairKind.FILLER_SIGN),
    "guillemets for two": ("\n".join, lambda text: text.replace("<<", "«"), RepairKind.FILLER_SIGN),
    "guillemets for one": ("\n".join, lambda text: text.replace("<", "«"), RepairKind.FILLER_SIGN),
    "long dashes": ("\n".join, lambda text: text.replace("<<", "—"), RepairKind.FILLER_SIGN),
    "hyphens": ("\n".join, lambda text: text.replace("<", "-"), RepairKind.FILLER_SIGN),
    "page source": ("\n".join, lambda text: text.replace("<", "&lt;"), RepairKind.FILLER_SIGN),
    "zero-width marks": ("\n".join, lambda text: text.replace("<<", "<\u200b<"), RepairKind.BLANKS),
    "no line breaks": ("".join, str, RepairKind.LINES),
    "breaks in the middle": (lambda lines: in_pieces(lines, 20), str, RepairKind.LINES),
    "a page around": (
        lambda lines: "\n".join(("PASSPORT", "Surname / Nom", *lines, "Signature of bearer")),
        str,
        RepairKind.LINES,
    ),
    "a label": (lambda lines: "MRZ: " + "\n".join(lines), str, RepairKind.BLANKS),
}


def read(text):
    return read_zone(text, today=TODAY)


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("way", WAYS)
def test_usual_ways_of_typing_are_repaired_and_told(name, way):
    joined, changed, kind = WAYS[way]
    text = changed(joined(SPECIMENS[name]))
    zone = read(text)

    assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, SPECIMENS[name])
    assert not zone.valid
    assert kind in {repair.kind for repair in zone.repairs}


@pytest.mark.parametrize("name", SPECIMENS)
def test_missing_fillers_at_the_end_of_lines_are_put_in(name):
    zone = read("\n".join(line.rstrip("<") for line in SPECIMENS[name]))

    assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, SPECIMENS[name])
    assert RepairKind.PADDED in {repair.kind for repair in zone.repairs}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", " \n", "\u2028"])
def test_line_ends_of_any_kind_are_no_repair(end):
    assert read(f"  {end.join(TD3)}{end}").valid


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\n".join((TD3[0] + "<<<", TD3[1])), TD3),
        ("\n".join((TD3[0], TD3[1].replace("<<<<<10", "<<<10"))), TD3),
        ("\n".join((TD3[0], TD3[1].replace("<<<<<10", "<<<<<<<10"))), TD3),
        ("\n".join((TD2[0], TD2[1].replace("<<<<<<<6", "<6"))), TD2),
        ("\n".join((TD2[0], TD2[1].replace("<<<<<<<6", "6"))), TD2),
        (TD3[0].rstrip("<") + "\n" + TD3[1], TD3),
        (TD3[0].rstrip("<") + TD3[1], TD3),
        ("P<UTOERIKSSON<<ANNA MARIA<<<<<<<<<<<<<<<<<<<\n" + TD3[1], TD3),
    ],
)
def test_fillers_too_many_or_too_few(text, lines):
    zone = read(text)

    assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, lines)


@pytest.mark.parametrize(
    ("line", "column", "read_as", "taken"),
    [
        (1, 5, "0", "O"),
        (1, 10, "5", "S"),
        (1, 17, "4", None),
        (2, 13, "0", "O"),
        (2, 14, "T", "7"),
        (2, 16, "O", "0"),
        (2, 17, "B", "8"),
        (2, 18, "I", "1"),
        (2, 19, "Z", "2"),
        (2, 27, "S", "5"),
        (2, 10, "G", "6"),
        (2, 44, "O", "0"),
        (2, 43, "L", "1"),
    ],
)
def test_a_sign_is_taken_for_what_its_position_demands(line, column, read_as, taken):
    lines = list(TD3)
    lines[line - 1] = lines[line - 1][: column - 1] + read_as + lines[line - 1][column:]
    zone = read("\n".join(lines))

    if taken is None:
        assert zone.verdict is not Verdict.VALID
        return
    assert (zone.verdict, zone.lines, zone.remaining) == (Verdict.CORRECTED, TD3, ())
    (repair,) = zone.repairs
    assert (repair.kind, repair.line, repair.column) == (RepairKind.POSITION, line, column)
    assert (repair.read, repair.taken) == (read_as, taken)
    assert zone.defects != ()


@pytest.mark.parametrize("wrong", ["L8989O2C36", "L89890ZC36"])
def test_o_in_a_number_is_taken_for_zero_where_all_check_digits_then_hold(wrong):
    zone = read(f"{TD3[0]}\n{wrong}{TD3[1][10:]}")

    if wrong == "L8989O2C36":
        assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, TD3)
        assert [repair.kind for repair in zone.repairs] == [RepairKind.CHECK_DIGIT]
    else:
        assert (zone.verdict, zone.repairs) == (Verdict.INVALID, ())


def test_a_number_of_a_visa_is_never_corrected_by_its_one_check_digit():
    zone = read(f"{MRV_A[0]}\n{MRV_A[1].replace('L8988901C4', 'L89889OIC4')}")

    assert (zone.verdict, zone.repairs) == (Verdict.INVALID, ())


def test_fillers_read_as_letters_behind_the_names():
    zone = read(f"P<UTOERIKSSON<<ANNA<MARIA<<<K<<<<KK<<<<<<<L<\n{TD3[1]}")

    assert (zone.verdict, zone.lines) == (Verdict.CORRECTED, TD3)
    assert {repair.kind for repair in zone.repairs} == {RepairKind.NAME_TAIL}
    assert [finding.defect.name for finding in zone.defects] == ["NAME_TAIL"]


@pytest.mark.parametrize("names", ["ERIKSSON<<ANNA<K", "ERIKSSON<<K", "KASK<<KESKLC<S", "KKK"])
def test_initials_and_short_names_are_no_fillers(names):
    zone = read(f"P<UTO{names.ljust(39, '<')}\n{TD3[1]}")

    assert (zone.verdict, zone.defects) == (Verdict.VALID, ())


def test_k_among_the_fillers_of_optional_data_is_remarked_for_no_check_digit_tells():
    zone = read(f"{TD3[0]}\n{TD3[1].replace('B<<<<<', 'B<<K<<')}")

    assert zone.valid
    assert [finding.defect.name for finding in zone.defects] == ["FILLER_AS_K"]


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, RUS_INTERNAL, FRENCH_CARD])
@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_digit_stays_wrong_in_whatever_way_it_is_typed(lines, way):
    joined, changed, _ = WAYS[way]
    last = {TD1: 1}.get(lines, len(lines) - 1)
    digit = lines[last][-1]
    wrong = [*lines]
    wrong[last] = lines[last][:-1] + str((int(digit) + 1) % 10)
    zone = read(changed(joined(wrong)))

    assert zone.verdict is Verdict.INVALID


def test_lines_of_the_right_length_are_not_broken_anew():
    zone = read("\n".join((TD1[0], TD1[1][:29] + "7", TD1[2])))

    assert (zone.kind, zone.verdict, zone.repairs) == ("TD1", Verdict.INVALID, ())


def test_a_half_typed_zone_is_shown_as_far_as_it_can_be_read():
    zone = read(f"{TD3[0]}\n{TD3[1][:28]}")

    assert (zone.kind, zone.verdict) == ("TD3", Verdict.INVALID)
    assert zone.values.number == "L898902C3"
    assert [finding.defect.name for finding in zone.defects] == ["LENGTH"]
    assert [finding.field.name for finding in zone.remaining] == ["COMPOSITE"]


def test_one_line_of_two_is_named():
    zone = read(TD3[0])

    assert (zone.verdict, [finding.defect.name for finding in zone.defects]) == (Verdict.INVALID, ["NO_ZONE"])
