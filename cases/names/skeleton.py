"""The consonants of a surname, so coarse that its spellings share them and many surnames do: Жуков, Joukov; Морозов, Marozau.

A key tells a surname; this does not. It says where in an index to look, and there are hundreds of surnames under one of them.
"""

import re

# Of a sound as `sound` writes it. Dropped: vowels; в, ф and ж, which other hands write as vowels, as j or not at all.
CLASSES = {
    **dict.fromkeys("szSCT", "S"),
    **dict.fromkeys("kghq", "K"),
    **dict.fromkeys("tdD", "T"),
    **dict.fromkeys("bp", "P"),
    **{letter: letter.upper() for letter in "lrmn"},
    "x": "KS",
}
TABLE = {code: CLASSES.get(chr(code), "") for code in range(128)}
LENGTH = 4
# Where the first sound is a vowel or one that may be dropped: Иванов and Новиков differ, Владимир and Уладзімір do not.
OPEN = "A"
DOUBLED = re.compile(r"(.)\1+")
# Keys of a neighbour's word begin with the language: by:, uk:, told by:
MARK = ":"


def skeleton(heard: str) -> str:
    """The first consonants of a sound, a key or a fold, by classes; empty where there are none."""
    letters = heard.rpartition(MARK)[2]
    if not letters.isascii():
        # A writing without a table here: the first signs must do.
        return letters[:2]
    first = "" if letters[:1] in CLASSES else OPEN
    return first + DOUBLED.sub(r"\1", letters.translate(TABLE))[:LENGTH]
