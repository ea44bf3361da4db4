"""The ledger believes nobody but itself."""

import pytest
from django.utils import timezone

from cases.staff.models import random_id
from cases.vault import ledger, pepper
from cases.vault.refusals import LedgerForged, LedgerUnusable


@pytest.fixture
def lines(vault):
    made = [
        ledger.line(
            erasure=random_id(), at=timezone.now(), cases=[(random_id(), [random_id(), random_id()])] * number
        )
        for number in (1, 2, 3)
    ]
    for one in made:
        ledger.append(one)
    return made


@pytest.fixture
def path(settings):
    return settings.ERASURE_LEDGER


def test_what_was_written_is_read(lines, path):
    assert ledger.read() == lines
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_again_is_written_once(lines, path):
    before = path.read_bytes()
    ledger.append(lines[1])
    assert path.read_bytes() == before


def test_written_anew_from_the_same_rows_it_is_the_same(lines, path):
    before = path.read_bytes()
    path.unlink()
    for one in lines:
        ledger.append(one)
    assert path.read_bytes() == before


def test_half_a_line_that_a_fall_left_is_written_over(lines, path):
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert ledger.read() == lines[:2]

    ledger.append(lines[2])
    assert path.read_bytes() == whole


@pytest.mark.parametrize("number", [1, 2])
def test_a_line_taken_out_is_noticed_in_the_next_one(lines, path, number):
    rows = path.read_bytes().splitlines(keepends=True)
    del rows[number - 1]
    path.write_bytes(b"".join(rows))

    with pytest.raises(LedgerForged, match=f"Line {number} "):
        ledger.read()


def test_every_changed_byte_is_noticed(lines, path):
    content = path.read_bytes()
    noticed = 0
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1
        try:
            read = ledger.parse(bytes(changed), pepper.load())
        except LedgerForged:
            noticed += 1
        else:
            # The end of the last line alone makes it half a line.
            assert (place, read) == (len(content) - 1, lines[:2])
            noticed += 1
    assert noticed == len(range(0, len(content), 7))


def test_a_line_of_another_system_is_not_believed(lines, path):
    with pytest.raises(LedgerForged):
        ledger.parse(path.read_bytes(), bytes(32))


def test_nothing_is_added_to_a_forged_one(lines, path):
    path.write_bytes(b"2026-01-01T00:00:00Z nobody 00\n" + path.read_bytes())
    with pytest.raises(LedgerForged):
        ledger.append(lines[0])


def test_where_it_cannot_be_written_it_says_so(lines, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "pepper" / "erasures.log"
    with pytest.raises(LedgerUnusable):
        ledger.append(lines[0])
