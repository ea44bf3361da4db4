"""A letter laid out as a PDF, in memory."""

from functools import cache
from pathlib import Path

from cases.disclosures.packing.paper import compiled


@cache
def _layout() -> bytes:
    return Path(__file__).with_name("layout.typ").read_bytes()


def as_pdf(*, heading: str, text: str, language: str) -> bytes:
    """An empty line in `text` begins a new paragraph; the ends of its lines stay."""
    paragraphs = [
        part.strip().splitlines() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()
    ]
    data = {"heading": heading, "language": language, "paragraphs": paragraphs}
    return compiled(_layout(), data)
