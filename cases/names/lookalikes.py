"""Repair words that mix alphabets: a Latin letter typed into a Cyrillic word, or the reverse.

The texts of official lists are full of them (Сергiй with a Latin i), and they break every comparison while the eye
sees nothing wrong.
"""

import re
import unicodedata

from cases.names.tokens import fold

TO_CYRILLIC = dict(
    zip("AaBbEeKkĸMmHOoPpCcTtXxYyIiJjSsËë3", "АаВьЕеКккМмНОоРрСсТтХхУуІіЈјЅѕЁёЗ", strict=True)
) | {"0": "О", "h": "н"}
TO_LATIN = dict(zip("АаВвЕеКкМмНнОоРрСсТтХхУуІіЈјЅѕЁё", "AaBbEeKkMmHhOoPpCcTtXxYyIiJjSsËë", strict=True)) | {
    "0": "o",
    "1": "i",
}
# Nearly every word: the letters need no looking at one by one.
ONE_ALPHABET = re.compile("[A-Za-z]+|[Ѐ-ԯ]+")


def is_cyrillic(char: str) -> bool:
    return "Ѐ" <= char <= "ԯ"


def is_latin(char: str) -> bool:
    return char.isalpha() and (char.isascii() or "À" <= char <= "ɏ" or "Ḁ" <= char <= "ỿ")


def swap(char: str, table: dict[str, str]) -> str:
    return table.get(char) or table.get(unicodedata.normalize("NFD", char)[0], char)


def repair(token: str) -> str:
    """The token in one alphabet, as far as its letters allow; a token in one alphabet is returned as it is.

    Letters that exist in one alphabet only decide; where neither side has any, Cyrillic wins.
    """
    if ONE_ALPHABET.fullmatch(token):
        return token
    token = fold(token)
    cyrillic = [char for char in token if is_cyrillic(char)]
    latin = [char for char in token if is_latin(char)]
    if not (cyrillic or latin) or (not (cyrillic and latin) and token.isalpha()):
        return token
    sure_cyrillic = sum(char not in TO_LATIN for char in cyrillic)
    sure_latin = sum(swap(char, TO_CYRILLIC) == char for char in latin)
    if not cyrillic or sure_latin > sure_cyrillic:
        return "".join(swap(char, TO_LATIN) if not is_latin(char) else char for char in token)
    return "".join(swap(char, TO_CYRILLIC) if not is_cyrillic(char) else char for char in token)
