"""Write a word of a name as it sounds, so that every spelling of one name becomes the same string.

Capitals stand for one sound that Latin writes with several letters: S = sh, shch; C = ch; Z = zh; T = ts; D = dzh.
Ш and Щ share S because Latin spellings do not keep them apart.
"""

import re
import unicodedata
from collections.abc import Mapping

from cases.names.lookalikes import is_cyrillic, repair
from cases.names.scripts import OTHER_SCRIPTS
from cases.names.tokens import SIGNS

# The passport table of ICAO Doc 9303 without ь and ъ, and the letters of the neighbouring alphabets.
ROMAN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True))
    | {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
    | dict.fromkeys("ьъӏӀ'", "")
    | dict(zip("іїєґўғқүұәөңһҳҡҙҫӊӈёѕј", "iiegugkuuaonhhkzsnnesi", strict=True))
    | {
        "җ": "zh",
        "ӝ": "zh",
        "ҷ": "ch",
        "ӵ": "ch",
        "ӧ": "o",
        "ӑ": "a",
        "ӗ": "e",
        "ӳ": "u",
        "ә": "a",
        "ћ": "ch",
        "ђ": "dj",
    }
    | {"š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "ł": "l", "ı": "i"}
    | OTHER_SCRIPTS
    | {"ø": "o", "æ": "ae", "ß": "ss", "ə": "a", "đ": "d"}
)
# Estonian tš, Armenian ու and Greek ου are one sound.
JOINED = (("tš", "ch"), ("ու", "u"), ("ου", "u"))
ENGLISH = {
    **dict.fromkeys(("schtsch", "shtch", "shch", "shh", "chtch", "szcz", "sch", "sh"), "S"),
    **dict.fromkeys(("tsch", "ttch", "tch", "ch", "cz"), "C"),
    **dict.fromkeys(("ts", "tz", "tc"), "T"),
    **dict.fromkeys(("dzh", "dj"), "D"),
    **dict.fromkeys(("ck", "q", "c"), "k"),
    **{"zh": "Z", "kh": "h", "ks": "x", "ph": "f", "oou": "u", "ou": "u", "w": "v"},
    **{"ce": "Te", "ci": "Ti", "cy": "Ti", "ksh": "kS", "kshch": "kS", "tsh": "tS", "tskh": "Th"},
}
# The passports of the Soviet form and the habits of French offices: ch = ш, tch = ч, j = ж, gu = г.
FRENCH = ENGLISH | {"ch": "S", "j": "Z", "gue": "ge", "gui": "gi", "guy": "gi", "ksch": "kS"}
FRENCH_ENDINGS = ((re.compile("ine$"), "in"), (re.compile("([oe])ff$"), r"\1v"))

# ё is written e, yo, io, and plain o after a hissing sound.
IOTATED = re.compile("[yij]+[oe]|(?<=[SCZ])o")
GLIDES = re.compile("[yij]+(?=[au])|(?<=[aeou])[yij]+")
LONG_I = re.compile("[yij]+")
PATRONYMIC = re.compile("(?<=[aeou])e(?=viC$|vna$)")
DOUBLED = re.compile(r"(.)\1+")


def longest_first(codes: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(codes, key=len, reverse=True)))


ENGLISH_LETTERS = longest_first(ENGLISH)
FRENCH_LETTERS = longest_first(FRENCH)


def roman(token: str) -> str:
    """The repaired token in plain Latin small letters, without marks."""
    token = SIGNS.sub("", repair(token).lower())
    if token.isascii():
        return token
    for letters, one in JOINED:
        token = token.replace(letters, one)
    token = token.translate(ROMAN)
    if token.isascii():
        return token
    bare = unicodedata.normalize("NFD", token).translate(ROMAN)
    return "".join(char for char in bare if char.isascii())


def smooth(sounds: str) -> str:
    """Level what every table writes in its own way: ё, й, я after vowels and consonants, doubled letters."""
    sounds = IOTATED.sub("e", sounds)
    sounds = LONG_I.sub("i", GLIDES.sub("", sounds))
    return DOUBLED.sub(r"\1", PATRONYMIC.sub("", sounds))


def sound(token: str) -> str:
    """The sound of a token, Latin letters read as in English tables."""
    return sound_of_roman(roman(token))


def sound_of_roman(letters: str) -> str:
    return smooth(ENGLISH_LETTERS.sub(lambda found: ENGLISH[found[0]], letters))


def french_sound(token: str) -> str:
    """The sound of a token read as French spells Russian; a Cyrillic token has one sound only."""
    if any(is_cyrillic(char) for char in repair(token)):
        return sound(token)
    return french_sound_of_roman(roman(token))


def french_sound_of_roman(letters: str) -> str:
    for ending, plain in FRENCH_ENDINGS:
        letters = ending.sub(plain, letters)
    return smooth(FRENCH_LETTERS.sub(lambda found: FRENCH[found[0]], letters))
