"""Scans made in memory: a PDF, a JPEG or a PNG, each with tokens in what it shows and in what it says of itself."""

import io
import zlib

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from cases.names.schemas import Schema
from cases.names.translit import transliterate
from tests.canary.tokens import token

KINDS = ("pdf", "jpeg", "png")
DESCRIPTION, ARTIST = 0x010E, 0x013B


def kind_of(number):
    return KINDS[number % 3]


def file_name(person):
    return f"{token(person, 'scan_name')}.{kind_of(person)}"


def scan(person):
    """The bytes of the scan of a person's paper."""
    return {"pdf": _pdf, "jpeg": _jpeg, "png": _png}[kind_of(person)](person)


def _drawn(person):
    image = Image.new("RGB", (320, 200), "white")
    shown = transliterate(token(person, "scan_picture"), Schema.ICAO)
    ImageDraw.Draw(image).text((10, 80), shown, fill="black")
    return image


def _jpeg(person):
    about, out = Image.Exif(), io.BytesIO()
    about[DESCRIPTION] = token(person, "scan_text").encode()
    about[ARTIST] = token(person, "scan_metadata").encode()
    _drawn(person).save(out, "JPEG", exif=about.tobytes(), comment=token(person, "scan_text").encode())
    return out.getvalue()


def _png(person):
    about, out = PngInfo(), io.BytesIO()
    about.add_text("Comment", transliterate(token(person, "scan_text"), Schema.ICAO), zip=True)
    about.add_itxt("Author", token(person, "scan_metadata"))
    _drawn(person).save(out, "PNG", pnginfo=about)
    return out.getvalue()


def _pdf(person):
    """One page whose text lies in a compressed stream, and an author in the information of the file."""
    shown = transliterate(token(person, "scan_text"), Schema.ICAO)
    stream = zlib.compress(f"BT /F1 12 Tf 20 100 Td ({shown}) Tj ET".encode())
    author = f"feff{token(person, 'scan_metadata').encode('utf-16-be').hex()}"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"5 0 obj<</Author<%b>>>endobj\n"
        b"trailer<</Root 1 0 R/Info 5 0 R>>\n%%%%EOF\n" % (len(stream), stream, author.encode())
    )
