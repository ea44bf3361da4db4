"""What a file is, told by its first bytes: never by its name, nor by what the browser says it is."""

import re

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is taken."""

    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("picture (JPEG)")
    PNG = "png", _("picture (PNG)")
    HEIC = "heic", _("picture (HEIC)")
    WEBP = "webp", _("picture (WebP)")
    MP3 = "mp3", _("sound (MP3)")
    M4A = "m4a", _("sound (M4A)")
    OGG = "ogg", _("sound (Ogg)")
    WAV = "wav", _("sound (WAV)")
    MP4 = "mp4", _("film (MP4)")
    MOV = "mov", _("film (MOV)")
    WEBM = "webm", _("film (WebM)")


# Looked into, so that a copy can be shown; everything else is sealed as it comes.
OPENED = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.HEIC, Kind.WEBP})
EXTENSIONS = {kind.value: {"jpeg": "jpg"}.get(kind.value, kind.value) for kind in Kind}
HEAD_BYTES = 1024

_STARTS: dict[bytes, Kind] = {
    b"%PDF-": Kind.PDF,
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"ID3": Kind.MP3,
    b"OggS": Kind.OGG,
}
_RIFF = {b"WEBP": Kind.WEBP, b"WAVE": Kind.WAV}
_BRANDS: tuple[tuple[frozenset[bytes], Kind], ...] = (
    (frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}), Kind.HEIC),
    (frozenset({b"M4A ", b"M4B ", b"M4P "}), Kind.M4A),
    (frozenset({b"qt  "}), Kind.MOV),
    (frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5", b"3gp6", b"dash", b"MSNV"}), Kind.MP4),
)  # fmt: skip

# What is told to somebody whose file is refused.
_OTHERS: dict[str, tuple[re.Pattern[bytes], Promise]] = {
    "gif": (re.compile(rb"GIF8[79]a"), _("a GIF picture")),
    "tiff": (re.compile(rb"II\*\x00|MM\x00\*"), _("a TIFF picture")),
    "bmp": (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), _("a BMP picture")),
    "ico": (re.compile(rb"\x00\x00[\x01\x02]\x00"), _("an icon")),
    "jp2": (re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51"), _("a JPEG 2000 picture")),
    "avif": (re.compile(rb".{4}ftyp.{0,64}avif", re.DOTALL), _("an AVIF picture")),
    "mkv": (re.compile(rb"\x1a\x45\xdf\xa3"), _("a Matroska film")),
    "zip": (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), _("an office document or an archive (ZIP)")),
    "office": (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf"), _("an office document")),
    "archive": (re.compile(rb"Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ"), _("an archive")),
    "program": (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!"), _("a program")),
    "html": (re.compile(rb"[^<]{0,8}<(?:!DOCTYPE html|html|head|body|script)", re.IGNORECASE), _("a web page")),
    "svg": (re.compile(rb"[^<]{0,8}<(?:svg|[?!].{0,900}<svg)", re.DOTALL | re.IGNORECASE), _("an SVG drawing")),
    "xml": (re.compile(rb"[^<]{0,8}<\?xml", re.IGNORECASE), _("an XML document")),
    "text": (re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{16}"), _("a text")),
}  # fmt: skip


def kind_of(head: bytes) -> Kind | None:
    """Return what the file says it is in its own first bytes; None for what is not taken."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:64]:
        return Kind.WEBM
    return Kind.MP3 if _is_frame_of_mp3(head) else None


def code_of_other(head: bytes) -> str:
    """Return a code for what is not taken, for `name_of_other` to put into words."""
    return next((code for code, (pattern, _name) in _OTHERS.items() if pattern.match(head)), "unknown")


def name_of_other(code: str) -> str:
    return str(_OTHERS[code][1] if code in _OTHERS else _("a file of an unknown kind"))


def _by_brand(head: bytes) -> Kind | None:
    box = head[: min(int.from_bytes(head[:4]), HEAD_BYTES)]
    main, others = box[8:12], {box[place : place + 4] for place in range(16, len(box), 4)}
    if b"avif" in others | {main}:
        return None
    # The general brands of pictures say nothing; the list behind them does.
    general = main in (b"mif1", b"msf1")
    for brands, kind in _BRANDS:
        if main in brands or (general and brands & others and kind is Kind.HEIC):
            return kind
    return None


def _is_frame_of_mp3(head: bytes) -> bool:
    """An MPEG frame: eleven set bits, layer III, and neither of the reserved rates."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3
