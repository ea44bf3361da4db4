"""Cut a name as people write it into the words that are compared."""

import re
import unicodedata

# Signs of transliteration for ь and ъ, apostrophes and stress marks: they never part a word.
SIGNS = re.compile("['\"`´’‘ʼʹʺ″′“”·͡]")
NOT_WORD = re.compile(r"[\W_]+")
# From here on lie the writings whose vowels are marks: Arabic, Indian, Khmer.
MARKS = re.compile("[؀-᳿]")


def fold(text: str) -> str:
    """Compatibility forms made plain, invisible characters (soft hyphens, zero-width marks) removed."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def words(full_name: str) -> list[str]:
    """The words of a name in their order; hyphens, dots and commas part them, apostrophes and marks do not."""
    text = SIGNS.sub("", fold(full_name))
    if MARKS.search(text):
        text = "".join(
            char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text
        )
        return text.split()
    return [word for word in NOT_WORD.split(text) if word]
