"""Seven words drawn by the machine. Typing is forgiving: case, accents, ё, separators and word ends are free."""

import re
import secrets
import unicodedata
from bisect import bisect_left
from functools import cache
from pathlib import Path

import mnemonic

from cases.vault.refusals import UnknownWord, WrongCount

# 11 bits a word: 77 behind Argon2id for what is typed every day, 132 for the sheet that lies in a drawer.
PASSPHRASE_WORDS = 7
SHEET_WORDS = 12
SHORTEST_PREFIX = 3

_LISTS = {"en": "english", "fr": "french", "ru": "russian"}
_BREVE = "\u0306"  # what makes и into й: two letters of their own, unlike е and ё


def normalise(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    kept = (letter for letter in letters if letter == _BREVE or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def words(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language as they are printed, in the order of the published list."""
    folder = Path(mnemonic.__file__).parent / "wordlist"
    text = (folder / f"{_LISTS[language]}.txt").read_text(encoding="utf-8")
    return tuple(unicodedata.normalize("NFC", word) for word in text.split())


@cache
def _sorted(language: str) -> tuple[str, ...]:
    return tuple(sorted(normalise(word) for word in words(language)))


def generate(language: str, count: int = PASSPHRASE_WORDS) -> str:
    return " ".join(secrets.choice(words(language)) for _ in range(count))


def read(typed: str, language: str, count: int = PASSPHRASE_WORDS) -> bytes:
    """Turn what was typed into the bytes to stretch, or say which word is not one of the list."""
    found = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", typed))
    complete = [_complete(word, language, position) for position, word in enumerate(found, start=1)]
    if len(complete) != count:
        raise WrongCount(count, len(complete))
    return " ".join(complete).encode()


def _complete(word: str, language: str, position: int) -> str:
    start = normalise(word)
    known = _sorted(language)
    place = bisect_left(known, start)
    candidates = [other for other in known[place : place + 2] if other.startswith(start)]
    if candidates and candidates[0] == start:
        return start
    if len(candidates) != 1 or len(start) < SHORTEST_PREFIX:
        raise UnknownWord(position)
    return candidates[0]
