"""Turn what was typed or pasted into the signs of a zone: A to Z, 0 to 9 and the filler."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cases.documents.zones.defects import Repair, RepairKind
from cases.documents.zones.layouts import FILLER, SHAPES

ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
FILLER_SIGNS = frozenset("‹＜〈⟨˂ᐸ≤›>_-‐‑")
# One sign that readers make of two fillers, or of one.
DOUBLE_SIGNS = frozenset("«»《≪–—―−")
# By shape, not by sound: the zone holds Latin letters only.
CYRILLIC = dict(zip("АВЕЁЗКМНОРСТУХІЇЈЅԌ", "ABEE3KMHOPCTYXIIJSG", strict=True))
CLEAN = re.compile("[A-Z0-9<\n]*")
BLANK = re.compile(r"[^\S\n]")
DOUBLE_SIGN = re.compile(f"[{''.join(DOUBLE_SIGNS)}]")
FILLER_SIGN = re.compile(f"[<{''.join(DOUBLE_SIGNS)}{re.escape(''.join(FILLER_SIGNS))}]|&lt", re.IGNORECASE)
ESCAPED = re.compile("&lt;?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """One way to read the text, and what was changed for it."""

    lines: tuple[str, ...]
    repairs: tuple[Repair, ...] = ()


def drafts(lines: Iterable[str]) -> list[Draft]:
    """The text in the signs of a zone; several ways where a blank or a long sign may stand for more or fewer fillers.

    Ways that give the lines of a kind come first, and a blank is a filler before it is nothing: ANNA MARIA must not become
    one name.
    """
    text = "\n".join(lines)
    if CLEAN.fullmatch(text):
        return [Draft(tuple(text.split("\n")))]
    blanks: tuple[str, ...] = ("",)
    if BLANK.search(text):
        # Without any filler, the blanks are the fillers.
        blanks = (FILLER, "") if FILLER_SIGN.search(text) else (FILLER,)
    doubles = ("<<", FILLER) if DOUBLE_SIGN.search(text) else ("",)
    found = [draft(text, blank_as, double_as) for blank_as in blanks for double_as in doubles]
    return sorted(found, key=lambda draft: (len(draft.lines), *set(map(len, draft.lines))) not in SHAPES)


def draft(text: str, blank_as: str, double_as: str) -> Draft:
    seen: dict[tuple[RepairKind, str], str] = {}
    if ESCAPED.search(text):
        text = ESCAPED.sub(FILLER, text)
        seen[RepairKind.FILLER_SIGN, "&lt;"] = FILLER
    taken = []
    for char in text:
        sign, kind = char, None
        if char not in ALPHABET and char != "\n":
            sign, kind = read_sign(char, blank_as, double_as)
        if kind:
            seen[kind, "" if kind is RepairKind.CASE else char] = "" if kind is RepairKind.CASE else sign
        taken.append(sign)
    repairs = tuple(Repair(kind, read=read, taken=sign) for (kind, read), sign in seen.items())
    return Draft(tuple(line for line in "".join(taken).split("\n") if line), repairs)


def read_sign(char: str, blank_as: str, double_as: str) -> tuple[str, RepairKind | None]:
    """The sign of a zone for one character, and why; a character that resembles none is kept."""
    if char.isspace():
        return blank_as, RepairKind.BLANKS
    if char in FILLER_SIGNS:
        return FILLER, RepairKind.FILLER_SIGN
    if char in DOUBLE_SIGNS:
        return double_as, RepairKind.FILLER_SIGN
    if char.isascii():
        return (char.upper(), RepairKind.CASE) if char.isalpha() else (char, None)
    if char.upper() in CYRILLIC:
        return CYRILLIC[char.upper()], RepairKind.LOOK_ALIKE
    # Joiners and marks that nobody sees, pasted along from a page.
    if unicodedata.category(char) == "Cf":
        return "", RepairKind.BLANKS
    simple = unicodedata.normalize("NFKD", char)[0].upper()
    return (simple, RepairKind.LOOK_ALIKE) if simple in ALPHABET else (char, None)
