"""The scanner finds every spelling, wherever it stands, says whose it is, and finds nothing where there is nothing."""

import os
import zlib

import pytest

from tests.canary.scanner import LARGEST, UNKNOWN, Scanner
from tests.canary.sinks import Search
from tests.canary.spellings import ALL, planted
from tests.canary.tokens import CYRILLIC, all_tokens, token
from tests.canary.values import PAGE, unpressed, values_in

TOKENS = all_tokens(20)
WORDS = (token(4, "place"), token(5, "place"), token(4, "phone"))


@pytest.fixture(scope="module")
def scanner():
    return Scanner(TOKENS)


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("spelling", ALL)
def test_every_spelling_is_found_and_attributed(scanner, spelling, binary, lines):
    for word in WORDS:
        content = planted(word, spelling, binary=binary, lines=lines)
        found = scanner.find(b"some text before " + content + b" and some behind")

        assert word in found
        assert UNKNOWN not in found


def test_no_needle_is_so_short_that_chance_finds_it(scanner):
    assert min(len(needle) for needle, _spelling, _small in scanner.needles) >= 7
    assert min(len(needle) for needle, spelling, _small in scanner.needles if "base64" in spelling) >= 8


def test_what_is_too_much_at_once_is_refused(scanner):
    with pytest.raises(ValueError, match="in pieces"):
        scanner.find(bytes(LARGEST + 1))


def test_every_token_is_one_persons_and_one_fields():
    assert len(TOKENS) == len({str(owner) for owner in TOKENS.values()})
    assert str(TOKENS[token(4, "place")]) == "person 4, place"


def test_half_of_the_people_are_written_in_cyrillic():
    names = [token(person, "family_name") for person in range(20)]

    assert sum(name.startswith(CYRILLIC) for name in names) == 10


def test_a_mark_of_nobody_is_a_find(scanner):
    assert list(scanner.find(f"{CYRILLIC}ююююю".encode())) == [UNKNOWN]


@pytest.mark.parametrize("written", ["+7394 0618-{}", "7 394.061 8 {}", "(73940618){}"])
def test_a_number_is_found_however_it_is_spaced(scanner, written):
    number = token(4, "phone")

    assert number in scanner.find(written.format(number[8:]).encode())


@pytest.mark.parametrize(
    "pack",
    [
        lambda inner: zlib.compress(b"x" * 50 + zlib.compress(inner)),
        lambda inner: zlib.compress(planted("и так далее", "zip")) + planted(inner.decode(), "XLSX"),
        lambda inner: planted(inner.decode(), "PDF stream").hex().encode(),
    ],
)
def test_what_is_packed_twice_is_found(scanner, pack):
    assert WORDS[0] in scanner.find(pack(WORDS[0].encode()))


def test_nothing_is_found_where_nothing_is(scanner):
    page = "Канцелярия, улица Вздорная; Vzdornaya; 73940&#1042;%D0%92\\u0412 &vcy; aGVsbG8gd29ybGQ=\n" * 500

    assert scanner.find(os.urandom(200_000)) == {}
    assert scanner.find(page.encode()) == {}


def test_what_was_typed_may_come_back_and_is_else_a_leak(scanner):
    search, word = Search(scanner), token(3, "typed")
    search.look("HTML", "a form", word.encode(), allowed={word})
    search.look("log", "a line", word.encode())

    assert search.leaks == ["log: a line: person 3, typed, as UTF-8"]


def test_a_plant_that_is_not_found_is_said(scanner):
    search = Search(scanner)
    plants = search.plants("a place")
    search.prove("a place", plants, [content for _spelling, _token, content in plants[:-1]])
    search.look("another", "nothing planted here", b"")

    assert search.missed == [
        "another: nothing was planted",
        f"a place: plant not found: {plants[-1][0]}",
    ]


def test_postgres_own_compression_is_undone():
    # A literal of four letters, and then a reference four back and eight long.
    pressed = bytes([0b00010000]) + b"abcd" + bytes([0x05, 0x04])

    assert unpressed(pressed, 12) == b"abcdabcdabcd"


def test_values_at_the_heads_of_rows_are_unpacked():
    value = planted(WORDS[0], "raw deflate")
    row = bytes(22) + bytes([24, 0]) + bytes([len(value)]) + value
    page = bytearray(PAGE)
    page[12:16] = (28).to_bytes(2, "little") + (PAGE - len(row)).to_bytes(2, "little")
    page[24:28] = ((PAGE - len(row)) | len(row) << 17).to_bytes(4, "little")
    page[PAGE - len(row) :] = row

    assert any(WORDS[0].encode() in inner for inner in values_in(bytes(page)))
