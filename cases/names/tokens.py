"""Cut a name as people write it into the words that are compared."""

import re
import unicodedata

# Signs of transliteration for ь and ъ, apostrophes and stress marks: they never part a word.
SIGNS = re.compile("['\"`´’‘ʼʹʺ″′“”·͡]")
NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Compatibility forms made plain, invisible characters (soft hyphens, zero-width marks) removed."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def words(full_name: str) -> list[str]:
    """The words of a name in their order; hyphens, dots and commas part them, apostrophes do not."""
    return [word for word in NOT_WORD.split(SIGNS.sub("", fold(full_name))) if word]
