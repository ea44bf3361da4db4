"""The sounds of a name in the cases of Russian and its neighbours: Кулебякину, Kulebyakinym, Еремеем, Марией, Кандинского.

Too many forms do no harm here: what is looked for is a name in a text, and a person looks at what was found.
"""

import re

from cases.names.sound import sound

VOWELS = "aeiou"
# As they sound once й after a vowel is gone: -ом/-ем, -ым, -ой, -ою, -ы/-и, -их, -ыми.
AFTER_CONSONANT = ("", "a", "u", "e", "i", "o", "om", "em", "im", "ou", "eu", "ih", "imi", "am", "ami", "ah")
AFTER_VOWEL = ("", "a", "u", "e", "m", "i")
# -ский, -ая, -ой: declined as adjectives.
ADJECTIVE = ("i", "a", "o", "e", "u", "ogo", "ego", "omu", "emu", "im", "om", "ih", "imi", "ou")
FLEETING = re.compile("[eo](?=[^aeiou]$)")
SHORTEST = 3


def declined(word: str) -> frozenset[str]:
    """The sound of one word of a name and of its forms; a word is given in the nominative, in any alphabet."""
    return forms_of(sound(word))


def forms_of(heard: str) -> frozenset[str]:
    """The same of a word that is written as it sounds already."""
    if len(heard) < SHORTEST - 1:
        return frozenset({heard} - {""})
    forms = {heard} | set(_forms(heard))
    return frozenset(form for form in forms if len(form) >= min(SHORTEST, len(heard)))


def _forms(heard: str) -> list[str]:
    stem, last = heard[:-1], heard[-1]
    if last == "a":
        # Марией and Ивановой, and the man of the same surname.
        return [stem + ending for ending in AFTER_CONSONANT[1:]] + _husband(stem)
    if last in "io":
        found = [stem + ending for ending in ADJECTIVE]
        return found + [stem + ending for ending in AFTER_CONSONANT if last == "i"]
    if last in VOWELS:
        return [heard + ending for ending in AFTER_VOWEL] + [stem + "a", stem + "em"]
    short = FLEETING.sub("", heard)
    stems = {heard, short} if len(short) >= SHORTEST or short == heard else {heard}
    return [one + ending for one in stems for ending in AFTER_CONSONANT]


def _husband(stem: str) -> list[str]:
    return [stem + ending for ending in ("", "im", "om")] if stem.endswith(("ov", "ev", "in")) else []
