"""Which letters the bytes of a text file mean. Pure."""

import re

from cases.sheets.refusals import NotASpreadsheet, UnknownEncoding

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(content: bytes) -> str:
    text = _decoded(content)
    if _NO_TEXT.search(text) or _is_noise(text):
        raise NotASpreadsheet
    return text


def _is_noise(text: str) -> bool:
    """Whether bytes were taken for UTF-16 that are not: nearly all then land among signs nobody here writes."""
    return 2 * sum(1 for char in text if char > "\u2fff") > len(text)


def _decoded(content: bytes) -> str:
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return content.decode(encoding)
        if b"\x00" in content:
            return content.decode(_unmarked(content))
    except UnicodeDecodeError:
        raise UnknownEncoding from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(content)


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark: separators and digits leave zeros in every second byte."""
    return "utf-16-le" if content[1::2].count(0) > content[0::2].count(0) else "utf-16-be"


def _one_byte(content: bytes) -> str:
    """Russian offices write Windows-1251, French ones 1252; the wrong one puts single Cyrillic letters into Latin words."""
    try:
        russian = content.decode("cp1251")
    except UnicodeDecodeError:
        russian = ""
    words = [word for word in _WORD.findall(russian) if _CYRILLIC.search(word)]
    mixed = sum(1 for word in words if _LATIN.search(word))
    if russian and 2 * mixed <= len(words):
        return russian
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnknownEncoding from None
