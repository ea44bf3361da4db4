"""Finds tokens in bytes, however they are spelt, packed and nested, and says whose they are."""

import base64
import binascii
import quopri
import re
import zlib
from collections import defaultdict
from html import unescape
from urllib.parse import unquote_to_bytes

from tests.canary.spellings import PLAIN
from tests.canary.tokens import CYRILLIC, DIGITS, LATIN

DEEPEST = 3
EIGHT_BIT = ("windows-1251", "KOI8-R")
# What is larger has to be searched in pieces.
LARGEST = 16 * 1024 * 1024
UNPACKED = 8 * 1024 * 1024
WINDOW = 400
# No token that is packed is shorter.
SHORTEST = 20
ZLIB, GZIP, ZIP = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), b"\x1f\x8b\x08", b"PK\x03\x04"
ENTITY = re.compile(rb"&(#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
ESCAPE = re.compile(rb"(?:\\u|%u)([0-9A-Fa-f]{4})")
BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})|\\([0-3][0-7]{2})")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\r?\n)")
HEX = re.compile(rb"[0-9A-Fa-f]{24,}")
SPACED = re.compile(r"[ ()\-./]{0,2}".join(DIGITS).encode())
STANDARD = bytes.maketrans(b"-_", b"+/")
UNKNOWN = "a mark without a token"
# Between things that do not belong together: no word, run or line goes on across it.
BETWEEN = b"\n\0\n"
# The end of a line, with what indents the next one.
LINE = re.compile(rb"=?\r?\n[ \t]*")


def needles():
    """Spelling and bytes of every mark; what is ASCII is in small letters, for it is sought in small letters."""
    found = {}
    for spelling, spell in PLAIN.items():
        for mark in (CYRILLIC, LATIN, DIGITS):
            for cased in (mark, mark.lower(), mark.upper(), mark.title()):
                needle = spell(cased)
                # Letters that a spelling has not become question marks.
                if b"?" not in needle or spelling not in EIGHT_BIT:
                    small = needle.isascii() and not spelling.startswith("base64")
                    found.setdefault(needle.lower() if small else needle, (spelling, small))
    return found


class Scanner:
    """Knows the tokens; `find` returns those in some bytes, each with the spellings it was found in."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.needles = [(needle, spelling, small) for needle, (spelling, small) in needles().items()]
        self.spelt = {}
        self.scanned = 0

    def find(self, data):
        if len(data) > LARGEST:
            raise ValueError(f"{len(data)} bytes at once: search them in pieces.")
        self.scanned += len(data)
        found = defaultdict(set)
        self._look(data, "", found, 0, True)
        if len(found) > 1:
            # The rest of a word whose end was cut off, or of another reading of the same bytes.
            found.pop(UNKNOWN, None)
        return dict(found)

    def _look(self, data, way, found, depth, mixed):
        self._plain(data, way, found)
        if depth == DEEPEST or len(data) < SHORTEST:
            return
        for name, inner in unpacked(data):
            self._look(inner, f"{way}{name} > ", found, depth + 1, mixed)
        if mixed:
            for name, inner in undone(data):
                self._look(inner, f"{way}{name} > ", found, depth + 1, False)
            for name, inner in decoded(data):
                self._look(inner, f"{way}{name} > ", found, depth + 1, mixed)

    def _plain(self, data, way, found):
        lowered = data.lower()
        for needle, spelling, small in self.needles:
            within, at = (lowered if small else data), 0
            while (at := within.find(needle, at)) >= 0:
                window = data[max(0, at - WINDOW) : at + WINDOW]
                self._attribute(window, way, spelling, found)
                at += len(needle)
        if SPACED.search(data):
            for hit in SPACED.finditer(data):
                tight = re.sub(rb"[ ()\-./]", b"", data[hit.start() : hit.end() + 20])
                self._attribute(tight, way, "UTF-8", found)

    def _attribute(self, window, way, spelling, found):
        """Whose it is: of the tokens, in this spelling, those that stand here."""
        if spelling.startswith("base64"):
            window = window.translate(STANDARD)
        known = [token for needle, token in self._of(spelling) if needle in window]
        for token in known or [UNKNOWN]:
            found[token].add(f"{way}{spelling}")

    def _of(self, spelling):
        if spelling not in self.spelt:
            spell = PLAIN[spelling.replace(" for URLs", "")]
            self.spelt[spelling] = [
                (needle, token)
                for token in self.tokens
                for cased in (token, token.lower(), token.upper())
                for needle in {spell(cased), spell(cased).lower(), spell(cased).upper()}
                if b"?" not in needle or spelling not in EIGHT_BIT
            ]
        return self.spelt[spelling]


def unpacked(data):
    """What lies compressed in the bytes: streams of zlib, gzip and zip wherever they begin, raw ones at heads."""
    for signature in ZLIB:
        yield from _streams(data, signature, 0, 15, "zlib")
    yield from _streams(data, GZIP, 0, 31, "gzip")
    at = -1
    while (at := data.find(ZIP, at + 1)) >= 0:
        start = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little")
        start += int.from_bytes(data[at + 28 : at + 30], "little")
        if inner := inflated(data[start : start + UNPACKED], -15):
            yield "zip", inner
    yield from raw_streams(data)


def raw_streams(data):
    """Raw streams have no mark: they are looked for at the head, and at every place of what is short."""
    for start in range(len(data)) if len(data) <= 512 and not data.isascii() else (0,):
        if inner := inflated(data[start : start + UNPACKED], -15):
            yield "raw deflate", inner


def _streams(data, signature, skip, bits, name):
    at = -1
    while (at := data.find(signature, at + 1)) >= 0:
        if inner := inflated(data[at + skip : at + skip + UNPACKED], bits):
            yield name, inner


def inflated(data, bits):
    """What a stream holds, as far as it can be read; random bytes rarely give more than a few."""
    try:
        # Most that look like a stream are none, and show it at once.
        if len(zlib.decompressobj(bits).decompress(data[:64], 24)) < 8 and len(data) > 64:
            return b""
        return zlib.decompressobj(bits).decompress(data, UNPACKED)
    except zlib.error:
        return _as_far(data, bits)


def _as_far(data, bits):
    reader, out = zlib.decompressobj(bits), b""
    try:
        for at in range(0, min(len(data), 4096), 16):
            out += reader.decompress(data[at : at + 16], UNPACKED)
    except zlib.error:
        pass
    return out if len(out) >= 16 else b""


def undone(data):
    """The same bytes with one spelling undone, where there is anything to undo."""
    if b"&" in data and ENTITY.search(data):
        yield (
            "entities",
            thrice(lambda text: ENTITY.sub(lambda found: unescape(found[0].decode()).encode(), text), data),
        )
    if b"%" in data:
        yield "percent", thrice(unquote_to_bytes, data)
    if b"\\" in data or b"%u" in data:
        text = ESCAPE.sub(lambda found: chr(int(found[1], 16)).encode("utf-8", "replace"), data)
        yield (
            "escapes",
            BYTE.sub(lambda found: bytes([int(found[1] or b"0", 16) or int(found[2] or b"0", 8)]), text),
        )
    if QUOTED.search(data):
        yield "quoted-printable", quopri.decodestring(data)
        yield "quoted-printable", quopri.decodestring(LINE.sub(b"", data))


def thrice(undo, data):
    """What was escaped may have been escaped again on its way into a page."""
    for _time in range(3):
        before, data = data, undo(data)
        if data == before:
            break
    return data


def decoded(data):
    """All that is base64 or hex, over the ends of lines: each run for itself where it is packed, and all as one."""
    for text in {data, LINE.sub(b"", data)}:
        runs = (run.translate(STANDARD).rstrip(b"=") for run in BASE64.findall(text))
        yield from _pieces("base64", [_from_base64(run) for run in runs])
        whole = (run[: len(run) // 2 * 2].decode() for run in HEX.findall(text))
        yield from _pieces("hex", [bytes.fromhex(run) for run in whole])


def _from_base64(run):
    try:
        return base64.b64decode(run + b"=" * (-len(run) % 4))
    except binascii.Error:
        return base64.b64decode(run[: len(run) // 4 * 4])


def _pieces(name, pieces):
    for piece in (piece for piece in pieces if len(piece) >= SHORTEST):
        # A raw stream has no mark of its own: only the head of a piece can be one.
        if inner := inflated(piece, -15):
            yield f"{name} > raw deflate", inner
    if pieces:
        yield name, BETWEEN.join(pieces)
