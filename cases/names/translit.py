"""Write Cyrillic in Latin letters the way a given kind of document does."""

import re

from cases.names.schemas import TABLES, VOWELS, Schema, Table

WORDS = re.compile(r"[^\W\d_]+")


def transliterate(text: str, schema: Schema) -> str:
    """The text in Latin letters; what is not Cyrillic stays as it is, capitals stay capitals."""
    return WORDS.sub(lambda found: transliterate_word(found[0], schema), text)


def transliterate_word(word: str, schema: Schema) -> str:
    table = TABLES[schema]
    small = word.lower()
    ending = next(
        (ending for ending in table.ending if small.endswith(ending) and len(small) > len(ending)), ""
    )
    stem = len(word) - len(ending)
    latin = [cased(letter(small, at, table, schema), word, at) for at in range(stem)]
    if ending:
        latin.append(table.ending[ending].upper() if word[stem:].isupper() else table.ending[ending])
    # In Ксения the capital letter itself vanishes: x is written for both.
    return cased("".join(latin), word, 0)


def letter(small: str, at: int, table: Table, schema: Schema) -> str:
    char = small[at]
    before = small[at - 1] if at else " "
    after = small[at + 1] if at + 1 < len(small) else " "
    if char + after in table.before:
        return table.before[char + after]
    if before + char in table.after:
        return table.after[before + char]
    # The French table keeps с hard between vowels, where French would read z.
    if schema is Schema.MVD310_FRENCH and char == "с" and before in VOWELS and after in VOWELS:
        return "ss"
    return table.letters.get(char, char)


def cased(latin: str, word: str, at: int) -> str:
    """Щ becomes Shch in Щербаков and SHCH in ЩЕРБАКОВ."""
    if not word[at].isupper():
        return latin
    return latin.upper() if word.isupper() and len(word) > 1 else latin[:1].upper() + latin[1:]
