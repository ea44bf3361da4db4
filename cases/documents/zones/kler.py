"""The letters of the Russian internal passport: "modernised KLER", one sign for each letter.

Source: rules for the machine-readable record of the internal passport, order 773 of the Ministry of the Interior of 16
November 2020, before it FMS order of 30 June 2011. It is not the transliteration of passports for abroad.
"""

import re

TO_LATIN = dict(zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678", strict=True))
TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in TO_LATIN.items()}

# What the transliterations of passports for abroad write and no name spelt by this table can hold. Groups that can occur
# are left out: Цховребов begins CHO here, Бекхан is BEKHAN.
FOREIGN = (
    (re.compile("SHCH"), "W"),
    (re.compile("(?<=[IOE])CH$"), "3"),
    (re.compile("(?<=I)CHNA$"), "3NA"),
    (re.compile("^ZH(?=[AEIOUY])|(?<=D)ZH"), "J"),
    (re.compile("YU"), "7"),
    (re.compile("YA$|(?<=I)IA$|(?<=[ST]KA)IA$"), "8"),
    (re.compile("(?<=[A-Z2-9]{2})I[IY]$"), "IQ"),
    (re.compile("(?<=[A-Z2-9]{2})YY$"), "YQ"),
)
PATRONYMIC = re.compile("(?:[OE]VI3|I3|[OE]VNA|I3NA)$")
# Son of and daughter of, a word of their own: АЛИ ОГЛЫ, АЛИ КЫЗЫ.
TURKIC_ENDINGS = frozenset(("OGLY", "OGLI", "KYZY", "KIZI", "UGLI", "UULU"))


def to_kler(name: str) -> str:
    """A Cyrillic name as the internal passport writes it; blanks and hyphens become one filler, other signs vanish."""
    letters = (TO_LATIN.get(char, "<" if char in " -–" else "") for char in name.upper())
    return re.sub("<+", "<", "".join(letters)).strip("<")


def to_cyrillic(latin: str) -> str:
    """The Cyrillic name behind the letters of the zone; what is no letter of the table stays as it is."""
    return "".join(TO_CYRILLIC.get(char, " " if char == "<" else char) for char in latin)


def respell(word: str) -> str:
    """The word as this table would write it if it was spelt by a transliteration for abroad; itself otherwise."""
    for group, sign in FOREIGN:
        word = group.sub(sign, word)
    return word


def split_patronymic(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Given names and patronymic out of the words behind the surname.

    The zone does not mark the patronymic, and a long one is cut off: where there are two words or more, the last is taken,
    together with a Turkic "son of".
    """
    if len(words) < 2:
        return (words, "") if not words or not PATRONYMIC.search(words[0]) else ((), words[0])
    if words[-1] in TURKIC_ENDINGS and len(words) > 2:
        return words[:-2], " ".join(words[-2:])
    return words[:-1], words[-1]
