"""Where a picture or a PDF ends inside its bytes: what stands behind may be another file, a film or a web page."""

import re

_SMALL = 32
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_END_OF_PDF = re.compile(rb"%%EOF[\r\n \t\x00]*")
_PADDING = b"\x00 \t\r\n"


def bytes_after(raw: bytes, kind: str) -> bool:
    """Whether more than padding follows the end of the picture or of the document."""
    end = _ENDS[kind](raw) if kind in _ENDS else None
    return end is not None and len(raw[end:].strip(_PADDING)) > _SMALL


def _end_of_jpeg(raw: bytes) -> int | None:
    place = 2
    while found := _JPEG_MARKER.search(raw, place):
        marker, place = found.group(1)[0], found.end()
        if marker == 0xD9:
            return place
        # All others but a few carry their length; the coded picture after a scan header is searched through.
        if marker not in (0x01, 0xD8):
            place += int.from_bytes(raw[place : place + 2])
    return None


def _end_of_png(raw: bytes) -> int | None:
    place = 8
    while place + 8 <= len(raw):
        length, name = int.from_bytes(raw[place : place + 4]), raw[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND":
            return place
    return None


def _end_of_webp(raw: bytes) -> int:
    return 8 + int.from_bytes(raw[4:8], "little")


def _end_of_pdf(raw: bytes) -> int | None:
    return max((found.end() for found in _END_OF_PDF.finditer(raw)), default=None)


_ENDS = {"jpeg": _end_of_jpeg, "png": _end_of_png, "webp": _end_of_webp, "pdf": _end_of_pdf}
