"""Guess which word of a full name is the surname, the given name and the patronymic."""

import re
from dataclasses import dataclass

from cases.names.given import is_given
from cases.names.patronymic import find_patronymic, is_particle
from cases.names.sound import sound
from cases.names.tokens import fold

SURNAME = re.compile(r"..(?:[oe]va?|ina?|[sT]k[ia]|enko|uk|Cik|ih|eT|dze|Svili)$")


# No repr: a name must not get into a log line or an error page.
@dataclass(frozen=True, slots=True, repr=False)
class Parts:
    family: str = ""
    given: str = ""
    patronymic: str = ""


def split(full_name: str) -> Parts:
    """A guess to be confirmed by a person: a comma, capitals, the patronymic, known given names and endings decide, in turn."""
    before, comma, after = fold(full_name).partition(",")
    if comma:
        return with_family(before.split(), after.split())
    tokens = before.split()
    capitals = [token for token in tokens if is_capital(token)]
    if capitals and len(capitals) < len(tokens):
        return with_family(capitals, [token for token in tokens if token not in capitals])
    return guess(tokens)


def first_name(full_name: str) -> str:
    """The given name alone; empty when only a surname is known."""
    return split(full_name).given


def is_capital(token: str) -> bool:
    """Official lists print the surname in capitals; initials are no surname."""
    return token.isupper() and sum(char.isalpha() for char in token) > 1 and "." not in token


def with_family(family: list[str], others: list[str]) -> Parts:
    start = patronymic_start(others)
    return Parts(" ".join(family), " ".join(others[:start]), " ".join(others[start:]))


def patronymic_start(tokens: list[str]) -> int:
    """Where the patronymic begins in a list without the surname; its length when there is none."""
    if len(tokens) > 2 and is_particle(tokens[-1]):
        return len(tokens) - 2
    place = find_patronymic([sound(token) for token in tokens])
    return len(tokens) if place is None else place


def guess(tokens: list[str]) -> Parts:
    if len(tokens) > 3 and is_particle(tokens[-1]):
        return with_family(tokens[:1], tokens[1:])
    place = find_patronymic([sound(token) for token in tokens])
    if place is None:
        return guess_pair(tokens)
    if place == len(tokens) - 1 and place > 1:
        return with_family(tokens[: place - 1], tokens[place - 1 :])
    return Parts(" ".join(tokens[place + 1 :]), " ".join(tokens[:place]), tokens[place])


def guess_pair(tokens: list[str]) -> Parts:
    """Without a patronymic the given name comes first unless the words themselves say otherwise."""
    if len(tokens) < 2:
        word = " ".join(tokens)
        return Parts(family=word) if looks_like_surname(word) else Parts(given=word)
    first, *middle, last = tokens
    if not is_given(first) and (
        is_given(last) or (looks_like_surname(first) and not looks_like_surname(last))
    ):
        start = next((place for place, word in enumerate(tokens) if is_given(word)), 1)
        return with_family(tokens[:start], tokens[start:])
    return with_family([last], [first, *middle])


def looks_like_surname(word: str) -> bool:
    return not is_given(word) and SURNAME.search(sound(word)) is not None
