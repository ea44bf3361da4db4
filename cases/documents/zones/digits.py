"""The check digit of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1, A = 10 to Z = 35, filler = 0, modulo 10."""

from operator import mul

WEIGHTS = (7, 3, 1) * 40
# Whatever belongs to no zone counts as nothing: it is reported as a wrong character anyway.
VALUES = bytes(code - 48 if 48 <= code <= 57 else code - 55 if 65 <= code <= 90 else 0 for code in range(256))


def values_of(text: str) -> bytes:
    """The value of every character, so that several check digits of one zone translate it only once."""
    return text.encode("ascii", "replace").translate(VALUES)


def digit_over(values: bytes) -> int:
    total: int = sum(map(mul, values, WEIGHTS))
    return total % 10


def check_digit(text: str) -> str:
    return str(digit_over(values_of(text)))
