"""The program of the limited process: says that it is ready, reads one file, answers, and is gone.

To the standard output go a line `ready 1` (`ready 0` where system calls could not be filtered), then the length of a
JSON header as four bytes, the header, and the pictures one after the other.
"""

import io
import json
import os
import sys
from collections.abc import Callable

from PIL import Image

from cases.vault.limited.limits import Limits, Seen, TooMuch
from cases.vault.limited.papers import look_at_pdf
from cases.vault.limited.pictures import look_at_picture
from cases.vault.limited.walls import raise_walls

_SMALL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def main() -> None:
    kind, memory, seconds, pixels, pages, pages_shown = sys.argv[1], *map(int, sys.argv[2:7])
    limits = Limits(pixels=pixels, pages=pages, pages_shown=pages_shown)
    _look(_sample(kind), kind, limits)
    # The decoder of HEIC works in a thread; the filter lets one begin, and no process.
    filtered = raise_walls(memory=memory, seconds=seconds, threads=kind == "heic")
    out = sys.stdout.buffer
    out.write(f"ready {int(filtered)}\n".encode())
    out.flush()
    answer = _answer(lambda: _look(sys.stdin.buffer.read(), kind, limits))
    out.write(answer)
    out.flush()
    # Without the libraries' own farewells, which may want more than is left to them.
    os._exit(0)


def _look(raw: bytes, kind: str, limits: Limits) -> Seen:
    return look_at_pdf(raw, limits) if kind == "pdf" else look_at_picture(raw, kind, limits)


def _answer(look: Callable[[], Seen]) -> bytes:
    """What nobody foresaw ends the process without an answer, and counts as damaged."""
    try:
        seen = look()
    except TooMuch as refusal:
        return _framed({"refused": refusal.code}, [])
    except MemoryError:
        return _framed({"refused": "heavy"}, [])
    header = {"pages": seen.pages, "notices": seen.notices}
    return _framed(header, [seen.thumbnail, *seen.views])


def _framed(header: dict[str, object], pictures: list[bytes]) -> bytes:
    text = json.dumps(header | {"lengths": [len(picture) for picture in pictures]}).encode()
    return b"".join([len(text).to_bytes(4), text, *pictures])


def _sample(kind: str) -> bytes:
    """A small file of the same kind: looking at it first loads every part of the libraries that will be needed."""
    if kind == "pdf":
        return _SMALL_PDF
    out = io.BytesIO()
    name = {"heic": "HEIF"}.get(kind, kind.upper())
    Image.new("RGB", (16, 16)).save(out, name, exif=Image.Exif().tobytes())
    return out.getvalue()
