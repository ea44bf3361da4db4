"""A sheet of people becomes bytes that only the recipient opens. Nothing of it touches a disk, here or in a library.

No XLSX of our own: openpyxl writes each sheet to a temporary file, in clear. A form of the recipient is filled in memory.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyrage

from cases.disclosures.models import Form, RecipientForm
from cases.disclosures.packing import archive, paper, table
from cases.disclosures.packing import blank as blanks
from cases.disclosures.packing.sheet import Column, Sheet
from cases.vault import passphrase

__all__ = ["Column", "Package", "Sheet", "needs_words", "new_words", "pack", "read_age_key"]

# 88 bits: the makers of the ZIP format stretch a password only a little.
WORDS = 8
_Files = Mapping[str, bytes]


@dataclass(frozen=True, repr=False)
class Package:
    """`words` open it, and are kept nowhere; "" where the recipient has a key."""

    name: str
    content: bytes
    words: str


def pack(
    sheet: Sheet,
    *,
    form: str,
    age_key: str = "",
    with_paper: bool = False,
    blank: RecipientForm | None = None,
) -> Package:
    """`with_paper`: beside the table lies the same as a PDF, for who reads rather than reckons. `blank`: what is filled instead."""
    words = new_words() if needs_words(form) else ""
    files = _files(sheet) if blank is None else _their_files(sheet, blank)
    if with_paper and form != Form.PDF:
        files["people.pdf"] = paper.plain(sheet)
    content, ending = _FORMS[Form(form)](sheet, files, words, age_key)
    # By chance: the name of a file is seen by many who never open it.
    return Package(f"{secrets.token_hex(4)}.{ending}", content, words)


def needs_words(form: str) -> bool:
    return form != Form.AGE_KEY


def read_age_key(text: str) -> pyrage.x25519.Recipient | None:
    """The recipient's public key, or None for what is no such key."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        return None


def new_words() -> str:
    """English ones: programs disagree about how a password with other letters is written in bytes."""
    return "-".join(passphrase.generate("en", WORDS).split())


def _their_files(sheet: Sheet, theirs: RecipientForm) -> dict[str, bytes]:
    """Only what was approved is written; a column for something else stays empty."""
    places = {column.code: place for place, column in enumerate(sheet.columns)}
    columns = {letter: places[code] for letter, code in theirs.columns.items() if code in places}
    people = [["; ".join(lines) for lines in person] for person in sheet.people]
    content = blanks.filled(bytes(theirs.content), row=theirs.row, columns=columns, people=people)
    return {"README.txt": table.as_readme(sheet), "people.xlsx": content}


def _files(sheet: Sheet) -> dict[str, bytes]:
    return {"README.txt": table.as_readme(sheet), "people.csv": table.as_csv(sheet)}


def _zip(sheet: Sheet, files: _Files, words: str, age_key: str) -> tuple[bytes, str]:
    return archive.encrypted(files, words), "zip"


def _pdf(sheet: Sheet, files: _Files, words: str, age_key: str) -> tuple[bytes, str]:
    return paper.encrypted(sheet, words), "pdf"


def _age_words(sheet: Sheet, files: _Files, words: str, age_key: str) -> tuple[bytes, str]:
    return pyrage.passphrase.encrypt(archive.plain(files), words), "zip.age"


def _age_key(sheet: Sheet, files: _Files, words: str, age_key: str) -> tuple[bytes, str]:
    recipient = pyrage.x25519.Recipient.from_str(age_key)
    return pyrage.encrypt(archive.plain(files), [recipient]), "zip.age"


_FORMS: dict[Form, Callable[[Sheet, _Files, str, str], tuple[bytes, str]]] = {
    Form.ZIP: _zip,
    Form.PDF: _pdf,
    Form.AGE_WORDS: _age_words,
    Form.AGE_KEY: _age_key,
    Form.THEIRS: _zip,
}
