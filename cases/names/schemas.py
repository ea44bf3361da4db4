"""The tables by which Russian offices and consulates wrote names in Latin letters.

Sources: order 310 of the Ministry of the Interior of 26 May 1997 (English and French tables), order 782 of 2000, GOST R
52535.1-2006 (order 26 of the Migration Service of 3 February 2010), ICAO Doc 9303 part 3, and BGN/PCGN 1947; letters as
collected in nalgeon/iuliia (MIT licence).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

VOWELS = "аеёиоуыэюя"
HISSING = "жчшщ"
SOFT_CONSONANTS = "бвгдзклмнпрстфхц"

LETTERS = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True)) | {
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"},
    **{"ю": "iu", "я": "ia", "ъ": "", "ь": ""},
    # Outside these tables; as the neighbours write them.
    **{"і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ғ": "g", "қ": "k", "ү": "u", "ұ": "u"},
    **{"ә": "a", "ө": "o", "ң": "n", "һ": "h", "җ": "zh"},
}
Y_LETTERS = LETTERS | {"й": "y", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Letters, then what a neighbour changes: `after` replaces the second letter of a pair, `before` the first."""

    letters: Mapping[str, str]
    after: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    ending: Mapping[str, str] = field(default_factory=dict)


def pairs(first: str, second: str, latin: str) -> dict[str, str]:
    return {letter + second: latin for letter in first}


class Schema(Enum):
    MVD310 = "mvd310"
    MVD310_FRENCH = "mvd310fr"
    MVD782 = "mvd782"
    GOST52535 = "gost52535"
    ICAO = "icao"
    BGN = "bgn"


TABLES: Mapping[Schema, Table] = {
    Schema.MVD310: Table(
        letters=Y_LETTERS | {"ъ": '"', "ь": "'"},
        after={"ье": "ye", "ъе": "ye"},
        before={"ье": "", "ъе": ""},
    ),
    Schema.MVD310_FRENCH: Table(
        letters=LETTERS | {"ж": "j", "у": "ou", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou"},
        after={"ге": "ue", "ги": "ui", "гы": "uy", "ье": "ie", "кс": "x"},
        before={"кс": ""},
        ending={"ин": "ine"},
    ),
    Schema.MVD782: Table(
        letters=Y_LETTERS | {"ё": "yo", "ъ": "'", "ь": "'"},
        after=pairs("аеёиоуъыьэюя", "е", "ye")
        | pairs(SOFT_CONSONANTS, "ё", "ye")
        | pairs(HISSING, "ё", "e")
        | {"ьи": "yi"},
        before={"ъе": "", "ье": "", "ъё": "", "ьё": "", "ьи": ""},
    ),
    Schema.GOST52535: Table(letters=LETTERS | {"ц": "tc"}),
    Schema.ICAO: Table(letters=LETTERS | {"ъ": "ie"}),
    Schema.BGN: Table(
        letters=Y_LETTERS | {"ё": "ë", "ъ": "”", "ь": "’"},
        after=pairs(VOWELS + "йъь ", "е", "ye") | pairs(VOWELS + "йъь ", "ё", "yë"),
    ),
}

# Foreign passports by date of issue; a holder could always keep an older spelling on written request.
PASSPORTS = (
    (date.min, date(2000, 12, 31), Schema.MVD310_FRENCH),
    (date(1997, 5, 26), date(2010, 3, 15), Schema.MVD310),
    (date(2010, 3, 16), date(2014, 12, 31), Schema.GOST52535),
    (date(2012, 10, 15), date.max, Schema.ICAO),
)


def passport_schemas(issued: date) -> tuple[Schema, ...]:
    """The tables a foreign passport issued on that day may have been written with; periods overlap in practice."""
    return tuple(schema for first, last, schema in PASSPORTS if first <= issued <= last)
