"""Names in a zone: surname, two fillers, given names parted by one filler each (Doc 9303 part 3, 4.6)."""

import re
import unicodedata
from dataclasses import dataclass

# Letters that readers make of fillers.
FILLER_LIKE = "KCLSEX"
# Behind the given names nothing but fillers can come. A single K may be an initial, unless two fillers stand before it.
TAIL = re.compile(rf"(?<=[A-Z0-9]<<)[<{FILLER_LIKE}]*[{FILLER_LIKE}][<{FILLER_LIKE}]*$")


# No repr: a name must not get into a log line by way of an error.
@dataclass(frozen=True, slots=True, repr=False)
class Names:
    surname: str = ""
    given: tuple[str, ...] = ()
    patronymic: str = ""
    """Only the Russian internal passport has one."""


def split_names(raw: str) -> Names:
    """Surname and given names; without two fillers the whole is the surname, as for people with one name only."""
    surname, _, given = raw.strip("<").partition("<<")
    return Names(" ".join(surname.split("<")), tuple(word for word in given.split("<") if word))


def misread_tail(raw: str) -> tuple[int, int] | None:
    """Where letters stand behind the names that look like fillers read wrongly: start and end, or nothing."""
    gap = raw.find("<<")
    if gap < 1:
        return None
    given = raw[gap + 2 :]
    found = TAIL.search(given)
    return (gap + 2 + found.start(), len(raw)) if found else None


def has_gap(raw: str) -> bool:
    """Whether more fillers stand between the names than there should: three, or two for a second time."""
    inner = raw.strip("<")
    return "<<<" in inner or inner.count("<<") > 1


# Doc 9303 part 3, section 6: letters that have more than their bare form.
SPECIAL = {
    "Ä": "AE",
    "Ö": "OE",
    "Ü": "UE",
    "ẞ": "SS",
    "ß": "SS",
    "Å": "AA",
    "Æ": "AE",
    "Ø": "OE",
    "Œ": "OE",
} | {**{"Þ": "TH", "Ð": "D", "Đ": "D", "Ł": "L", "Ħ": "H", "İ": "I", "ı": "I"}}


def zone_letters(name: str) -> str:
    """A name in Latin letters as a zone writes it: capitals, blanks and hyphens as one filler, apostrophes left out."""
    letters = []
    for char in name.upper():
        if char in SPECIAL:
            letters.append(SPECIAL[char])
        elif char.isspace() or char in "-–<":
            letters.append("<")
        else:
            bare = unicodedata.normalize("NFKD", char)[0]
            letters.append(bare if "A" <= bare <= "Z" else "")
    return re.sub("<+", "<", "".join(letters)).strip("<")
