"""A PDF with page numbers and a watermark, laid out and encrypted in memory."""

import io
import json
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pypdf
import typst

from cases.disclosures.packing.sheet import Sheet

# A person who takes more lines than this may run over a page; the others are kept together.
_LINES_TOGETHER = 24


@cache
def _layout() -> bytes:
    return Path(__file__).with_name("layout.typ").read_bytes()


def plain(sheet: Sheet) -> bytes:
    labels = [column.label for column in sheet.columns]
    data = {
        "language": sheet.language,
        "heading": sheet.heading,
        "about": [[label, [said]] for label, said in sheet.about],
        "notes": list(sheet.notes),
        "mark": sheet.mark,
        "foot": sheet.foot or sheet.mark,
        "people": [
            {
                "number": str(number),
                "said": [[label, _lines(said)] for label, said in zip(labels, person, strict=True) if said],
                "long": sum(len(said) for said in person) > _LINES_TOGETHER,
            }
            for number, person in enumerate(sheet.people, start=1)
        ],
    }
    return compiled(_layout(), data)


def laid_out(
    *,
    heading: str,
    about: Sequence[tuple[str, str]],
    notes: Sequence[str],
    sections: Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]],
    language: str,
) -> bytes:
    """A paper about one person, in sections of labels and lines."""
    data = {
        "language": language,
        "heading": heading,
        "about": [[label, [said]] for label, said in about],
        "notes": list(notes),
        "mark": "",
        "foot": "",
        "people": [
            {"number": title, "said": [[label, _lines(said)] for label, said in facts], "long": True}
            for title, facts in sections
        ],
    }
    return compiled(_layout(), data)


def compiled(layout: bytes, data: Mapping[str, object]) -> bytes:
    """A PDF of a layout; it reads the data as text, never as markup."""
    return bytes(typst.compile(layout, format="pdf", sys_inputs={"data": json.dumps(data)}))


def encrypted(sheet: Sheet, words: str) -> bytes:
    """AES-256, revision 6, as in PDF 2.0; nobody knows the owner's password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(plain(sheet)))
    writer.encrypt(user_password=words, owner_password=secrets.token_urlsafe(32), algorithm="AES-256")
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def _lines(said: Sequence[str]) -> list[str]:
    return [line for text in said for line in text.splitlines()]
