"""The less likely ways to read a word: as a German, a Czech, a Balt or an English reporter writes it.

A reading of this kind is a reason to look at two names, weaker than the sound of a passport table.
"""

import re

from cases.names.lookalikes import is_cyrillic
from cases.names.sound import ENGLISH, longest_first, roman, smooth, sound_of_roman

# ch is х (Lachovsky), ei is ай (Weisberg), sz is ш and c is ц (Sziszkowiec), ee and oo are English long vowels (Lee, Noor).
GERMAN = ENGLISH | {"ch": "h", "ei": "ai", "sz": "S", "c": "T", "ee": "i", "oo": "u"}
GERMAN_LETTERS = longest_first(GERMAN)
# Where none of these stands, nothing would be read in another way.
TRIGGERS = re.compile("c|ei|ee|oo|sz|s(?=[aeiouy])|[aeiouy]h$|s$")
VOICED_S = re.compile("(?:^|(?<=[aeiouy]))s(?=[aeiouy])")
SILENT_H = re.compile("(?<=[aeiouy])h$")
# Latvian and Lithuanian men: Lavrovs, Andrejs, Lavrovas, Petrovskis.
BALTIC = re.compile("(?<=....[^aeious])s$|(?<=...[vnk])[aiu]s$")
# ё that kept its o in Latin letters after any consonant: Snegirova, Lövin; and Ukrainian ьо, which is ё.
YO = (("ё", "о"), ("ьо", "ё"))


def other_sounds(token: str, plain: str) -> frozenset[str]:
    """Further sounds of a repaired token, given with its plain Latin letters; none for most words."""
    if is_cyrillic(token[0]):
        small = token.lower()
        return frozenset(
            sound_of_roman(roman(small.replace(written, heard))) for written, heard in YO if written in small
        )
    if not TRIGGERS.search(plain):
        return frozenset()
    letters = SILENT_H.sub("", BALTIC.sub("", plain))
    spellings = {letters, VOICED_S.sub("z", letters)}
    return frozenset(
        reading for spelling in spellings for reading in (sound_of_roman(spelling), german(spelling))
    )


def german(letters: str) -> str:
    return smooth(GERMAN_LETTERS.sub(lambda found: GERMAN[found[0]], letters))
