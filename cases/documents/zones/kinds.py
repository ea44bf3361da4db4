"""The kinds of zone, and the fields that a zone holds."""

from enum import Enum, StrEnum


class Kind(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    RUS_INTERNAL = "RUS internal passport"
    FRA_OLD_CARD = "FRA identity card before 2021"


class FieldName(Enum):
    """A field of a zone: its code, and what it holds in plain words (whoever shows it translates these)."""

    def __init__(self, code: str, meaning: str) -> None:
        self.code = code
        self.meaning = meaning

    # An Enum hashes its name in Python code each time; the members are single objects and keys of every reading.
    __hash__ = object.__hash__

    CODE = (
        "code",
        "kind of document: P passport, V visa, A, C or I identity card; the second letter is a subtype",
    )
    ISSUER = ("issuer", "state or organisation that issued the document")
    NAMES = ("names", "surname, two fillers, given names")
    NUMBER = ("number", "number of the document")
    NATIONALITY = ("nationality", "state whose national the holder is, or XXA stateless, XXB and XXC refugee")
    BIRTH = ("birth", "date of birth as year, month, day; fillers where month or day are unknown")
    SEX = ("sex", "M, F, or a filler where it is not said")
    EXPIRY = ("expiry", "last day on which the document is valid")
    OPTIONAL = ("optional", "whatever the issuing state wants, often a personal number")
    OPTIONAL_2 = ("optional 2", "more of what the issuing state wants")
    SERIES_END = ("series end", "fourth digit of the series of a Russian internal passport")
    ISSUED = ("issued", "date of issue as year, month, day; year and month alone on the old French card")
    UNIT_CODE = ("unit code", "code of the office that issued a Russian internal passport")
    FILLER = ("filler", "holds fillers and nothing else")
    GIVEN_NAMES = ("given names", "given names, apart from the surname on the old French card")
    OFFICE = ("office", "department and office that issued the old French card")
    COMPOSITE = ("composite", "check digit over several fields together")


class Verdict(StrEnum):
    """What the reading is worth."""

    VALID = "valid"
    """As it was typed: shape, letters, dates and every check digit are right."""
    CORRECTED = "valid after correction"
    """Not as it was typed, but after the listed repairs; somebody has to look at them."""
    DOUBTFUL = "doubtful"
    """Shape and check digits are right, but something in it cannot be: such a zone was not printed by an office."""
    INVALID = "invalid"
    """Shape or a check digit is wrong, and no usual reading mistake explains it."""
