"""One person on a list, as every format tells it."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST = 500
MOST = 100


@dataclass(slots=True)
class Entry:
    """`families` are words that the source itself calls surnames; `op` is DEL where a delta takes the entry back."""

    id: str
    schema: str
    names: list[str]
    families: list[str] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    since: str = ""
    op: str = ""


# The order in which an entry is written down; `id` stands in a column of its own.
WRITTEN = (
    "schema",
    "names",
    "families",
    "born",
    "places",
    "countries",
    "datasets",
    "programs",
    "topics",
    "since",
)
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_text(entry: Entry) -> str:
    return _dumps([getattr(entry, name) for name in WRITTEN])


def from_text(entity: str, text: str) -> Entry:
    return Entry(entity, **dict(zip(WRITTEN, json.loads(text), strict=True)))


def digest(text: str, mark: str = "") -> bytes:
    return hashlib.blake2b(f"{mark}{text}".encode(), digest_size=16).digest()


def clean(text: object) -> str:
    """A value as it can be stored: no control characters, no half of a pair, one space between words."""
    if not isinstance(text, str):
        return ""
    if text.isprintable() and "  " not in text and len(text) <= LONGEST:
        return text.strip()
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text[: LONGEST * 2])
    return " ".join(kept.split())[:LONGEST]


def cleaned(values: Iterable[object], most: int = MOST) -> list[str]:
    """Values without empty and repeated ones, in one order, so that a list that was only shuffled is no change."""
    found = {text for value in values if (text := clean(value))}
    return sorted(found)[:most] if len(found) > 1 else list(found)
