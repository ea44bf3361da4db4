"""Control digits of Russian and Kazakh personal numbers. Each function takes digits alone and says whether they fit."""

from collections.abc import Sequence
from datetime import date

_INN_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_SECOND = (3, *_INN_FIRST)
_IIN_FIRST = tuple(range(1, 12))
_IIN_SECOND = (*range(3, 12), 1, 2)
# The seventh digit: the century of birth, odd for men and even for women.
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
# Numbers up to this one were given out before there was a control number.
_LAST_SNILS_WITHOUT = 1001998


def is_snils(digits: str) -> bool:
    if int(digits[:9]) <= _LAST_SNILS_WITHOUT:
        return True
    total = _weighed(digits[:9], range(9, 0, -1))
    rest = total % 101 if total > 101 else total
    return (0 if rest in (100, 101) else rest) == int(digits[9:])


def is_inn(digits: str) -> bool:
    """Whether the twelve digits of a person's taxpayer number fit."""
    first = _weighed(digits[:10], _INN_FIRST) % 11 % 10
    second = _weighed(digits[:11], _INN_SECOND) % 11 % 10
    return digits[10:] == f"{first}{second}"


def is_iin(digits: str) -> bool:
    rest = _weighed(digits[:11], _IIN_FIRST) % 11
    if rest == 10:
        rest = _weighed(digits[:11], _IIN_SECOND) % 11
    return rest != 10 and rest == int(digits[11])


def iin_birth(digits: str) -> date | None:
    """The birth date in a Kazakh number, or None where it is no date."""
    century = _CENTURIES.get(digits[6])
    if century is None:
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
