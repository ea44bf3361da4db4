"""The ways in which a word may stand somewhere: each writes a text into bytes, to be searched for and to be planted."""

import base64
import gzip
import html.entities
import io
import quopri
import zipfile
import zlib
from urllib.parse import quote

import openpyxl

from cases.names.schemas import Schema
from cases.names.translit import transliterate

NAMED = {chr(code): name for name, code in html.entities.name2codepoint.items()} | {
    value: name.rstrip(";")
    for name, value in html.entities.html5.items()
    if len(value) == 1 and name.endswith("cy;")
}


def escaped(text):
    return "".join(f"\\u{ord(letter):04x}" for letter in text).encode()


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode()).encode()


def decimal(text):
    return "".join(f"&#{ord(letter)};" for letter in text).encode()


def hexadecimal(text):
    return "".join(f"&#x{ord(letter):x};" for letter in text).encode()


def named(text):
    """As an entity with a name where the letter has one, e.g. &vcy; for в."""
    return "".join(f"&{NAMED[letter]};" if letter in NAMED else letter for letter in text).encode()


def base64_at(offset):
    """What remains the same of the word whatever stands before and behind it, if it begins at this place of three."""

    def spell(text, altchars=None):
        whole = base64.b64encode(b"\0" * offset + text.encode(), altchars)
        return whole[4 if offset else 0 : (offset + len(text.encode())) // 3 * 4]

    return spell


def base64_url(offset):
    return lambda text: base64_at(offset)(text, b"-_")


def xlsx(text):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = f"one cell says {text}"
    book.save(out)
    return out.getvalue()


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", sentence(text))
    return out.getvalue()


def pdf(text):
    stream = zlib.compress(sentence(text))
    head = f"%PDF-1.4\n1 0 obj<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
    return head + stream + b"\nendstream endobj\n%%EOF\n"


def sentence(text):
    """Long enough that compressing it changes it."""
    return b"in the middle of a sentence stands " + text.encode() + b" in the middle of a sentence"


def raw_deflate(text):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(sentence(text)) + packer.flush()


def latin(text):
    return transliterate(text, Schema.ICAO)


PLAIN = {
    "UTF-8": str.encode,
    "small letters": lambda text: text.lower().encode(),
    "capitals": lambda text: text.upper().encode(),
    "reversed": lambda text: text[::-1].encode(),
    "transliterated": lambda text: latin(text).encode(),
    "transliterated, reversed": lambda text: latin(text)[::-1].encode(),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "windows-1251": lambda text: text.encode("cp1251", "replace"),
    "KOI8-R": lambda text: text.encode("koi8-r", "replace"),
    "\\u escapes": escaped,
    "percent": percent,
    "percent of UTF-16": lambda text: escaped(text).replace(b"\\u", b"%u"),
    "entities, decimal": decimal,
    "entities, hexadecimal": hexadecimal,
    "entities, named": named,
    "quoted-printable": lambda text: "".join(f"={byte:02X}" for byte in text.encode()).encode(),
    "octal": lambda text: "".join(f"\\{byte:03o}" for byte in text.encode()).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    **{f"base64, place {offset}": base64_at(offset) for offset in range(3)},
    **{f"base64 for URLs, place {offset}": base64_url(offset) for offset in range(3)},
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le"))[
        : len(text.encode("utf-16-le")) // 3 * 4
    ],
}
PACKED = {
    "zlib": lambda text: zlib.compress(sentence(text)),
    "gzip": lambda text: gzip.compress(sentence(text)),
    "raw deflate": raw_deflate,
    "zip": zipped,
    "XLSX": xlsx,
    "PDF stream": pdf,
}
# Spellings of a mixed text, which no list of needles foresees: they are undone instead.
MIXED = {
    "percent, as a browser sends": lambda text: quote(f"à {text} ?").encode(),
    "quoted-printable, in lines": lambda text: quopri.encodestring(f"{'é ' * 9}{text}".encode()),
    "base64, in lines": lambda text: base64.encodebytes(f"{'ab ' * 15}{text}".encode()),
    "entities, mixed": lambda text: f"&#{ord(text[0])};&#x{ord(text[1]):X};{text[2:]}".encode(),
    "gzip in base64": lambda text: base64.b64encode(gzip.compress(sentence(text))),
    "zlib in hex": lambda text: zlib.compress(sentence(text)).hex().encode(),
}
ALL = PLAIN | PACKED | MIXED
# These bytes are no text: where only text can lie, they lie in base64.
BINARY = {"UTF-16 LE", "UTF-16 BE", "windows-1251", "KOI8-R", *PACKED}


def planted(text, spelling, *, binary=True, lines=True):
    """The bytes that carry `text` in a spelling, wrapped in base64 where the place does not take them as they are."""
    content = ALL[spelling](text)
    if (spelling in BINARY and not binary) or (b"\n" in content and not lines):
        content = base64.b64encode(content)
    return content
