"""What two names and two birth dates say about two people. A name alone never says that they are one person.

On the lists of the European Union one given name with surname in seventy belongs to two people, and a foreign passport has no
patronymic; so nothing less than a whole birth date that fits can add to a name. Even then a person decides.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import product

from cases.names.alike import ALIKE, alike
from cases.names.prepared import Prepared

WHOLE_DATE = len("1970-01-31")


class Verdict(StrEnum):
    OTHER_NAME = "other name"
    SAME_NAME = "same name"
    OTHER_PERSON = "same name, other birth date"
    SAME_PERSON = "same person"


class Births(StrEnum):
    UNKNOWN = "unknown"
    DIFFER = "differ"
    COMPATIBLE = "compatible"
    FIT = "fit"


def judge(
    first: str | Prepared,
    second: str | Prepared,
    *,
    born: Iterable[str] = (),
    other_born: Iterable[str] = (),
    threshold: float = ALIKE,
) -> Verdict:
    """The strongest thing that names and birth dates allow to say.

    Birth dates are ISO dates or their beginnings ("1970", "1970-01", "1970-01-31"); several where a source gives several.
    """
    if alike(first, second).score < threshold:
        return Verdict.OTHER_NAME
    births = compare_births(born, other_born)
    if births is Births.FIT:
        return Verdict.SAME_PERSON
    return Verdict.OTHER_PERSON if births is Births.DIFFER else Verdict.SAME_NAME


def compare_births(born: Iterable[str], other_born: Iterable[str]) -> Births:
    """Whether any date of one person may be a date of the other; a year alone is compatible, it does not fit."""
    pairs = [(date, other) for date, other in product(born, other_born) if date and other]
    if not pairs:
        return Births.UNKNOWN
    if any(date == other and len(date) == WHOLE_DATE for date, other in pairs):
        return Births.FIT
    near = any(date.startswith(other) or other.startswith(date) for date, other in pairs)
    return Births.COMPATIBLE if near else Births.DIFFER
