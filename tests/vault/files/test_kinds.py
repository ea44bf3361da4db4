import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.vault.files.kinds import HEAD_BYTES, Kind, code_of_other, kind_of, name_of_other
from tests.vault.files import made


def ftyp(brand, *others):
    box = b"ftyp" + brand + b"\0\0\0\0" + b"".join(others)
    return (len(box) + 4).to_bytes(4) + box + b"\0\0\0\x08mdat"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (made.pdf(), Kind.PDF),
        (made.picture("JPEG"), Kind.JPEG),
        (made.picture("PNG"), Kind.PNG),
        (made.picture("WEBP"), Kind.WEBP),
        (made.picture("HEIF"), Kind.HEIC),
        (ftyp(b"mif1", b"mif1", b"heic"), Kind.HEIC),
        (ftyp(b"M4A ", b"mp42"), Kind.M4A),
        (ftyp(b"mp42", b"isom"), Kind.MP4),
        (ftyp(b"qt  "), Kind.MOV),
        (b"ID3\x04\x00", Kind.MP3),
        (b"\xff\xfb\x90\x64", Kind.MP3),
        (made.OGG, Kind.OGG),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", Kind.WAV),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", Kind.WEBM),
    ],
)
def test_what_is_taken(head, kind):
    assert kind_of(head[:HEAD_BYTES]) is kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (made.SVG, "svg"),
        (b"\xef\xbb\xbf<svg onload=alert(1)>", "svg"),
        (made.HTML, "html"),
        (b"   <script>alert(1)</script>", "html"),
        (made.zip_bomb(), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        (b"{\\rtf1", "office"),
        (b"GIF89a", "gif"),
        (b"II*\x00", "tiff"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "bmp"),
        (b"\x00\x00\x01\x00\x01", "ico"),
        (ftyp(b"avif", b"mif1"), "avif"),
        (ftyp(b"mif1", b"avif", b"heic"), "avif"),
        (b"\x1a\x45\xdf\xa3\x9fB\x82\x88matroska", "mkv"),
        (b"MZ\x90\x00", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"Rar!\x1a\x07", "archive"),
        (b"<?xml version='1.0'?><book/>", "xml"),
        ("Просто текст без всего".encode(), "text"),
        (b" %PDF-1.4 with something before it", "text"),
        (bytes(64), "unknown"),
        (b"\xff\xff\xff\xff", "unknown"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "unknown"),
        (b"", "unknown"),
    ],
)
def test_what_is_refused_has_a_name(head, code):
    assert kind_of(head) is None
    assert code_of_other(head) == code
    assert name_of_other(code) != ""


@given(st.binary(max_size=HEAD_BYTES))
def test_any_bytes_are_told_apart_without_a_fault(head):
    assert kind_of(head) in {None, *Kind}
    assert name_of_other(code_of_other(head)) != ""
