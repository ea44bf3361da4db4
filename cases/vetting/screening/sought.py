"""Whom we look for: an opened identity, taken apart into what a list is asked by and what its answers are weighed with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cases.names.alike import MOST_ERRORS, SMALL, count_errors
from cases.names.given import FORMS, is_given
from cases.names.keys import asking_keys
from cases.names.prepared import Prepared, Word, prepare
from cases.names.split import Parts, split
from cases.names.tokens import words
from cases.names.word_match import known_match
from cases.vetting.screening.buckets import Buckets


class Role(StrEnum):
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"


# No repr: a name must not get into a log line or an error page by way of what was made of it.
@dataclass(frozen=True, slots=True, repr=False)
class Name:
    prepared: Prepared
    roles: tuple[Role, ...]

    def words_of(self, role: Role) -> list[Word]:
        return [word for word, its in zip(self.prepared.words, self.roles, strict=True) if its is role]


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """`surnames` are different ones, not spellings of one: each is asked for by one number."""

    names: tuple[Name, ...]
    surnames: tuple[Word, ...]
    keys: frozenset[str]
    born: str
    places: frozenset[str]

    def buckets(self, numbers: Buckets) -> list[int]:
        return [numbers.of(FORMS.get(word.sounds[0], word.sounds[0])) for word in self.surnames]


def sought(identity: Mapping[str, Any]) -> Sought:
    """Everything of an identity that a list can know; a name in Latin letters alone will do."""
    names = [_name(parts) for parts in _variants(identity)]
    asked: list[Word] = []
    keys: set[str] = set()
    for name in names:
        family = name.words_of(Role.SURNAME)
        keys |= asking_keys(Prepared(tuple(family), patronymic=False, searchable=True))
        asked += [word for word in _telling(family) if not any(_is_spelling(word, one) for one in asked)]
    return Sought(
        names=tuple(names),
        surnames=tuple(asked),
        keys=frozenset(keys),
        born=str(identity.get("birth_date") or ""),
        places=place_words([str(identity.get("birth_place") or "")]),
    )


def _variants(identity: Mapping[str, Any]) -> Iterable[Parts]:
    """The name, the name in Latin letters, and other names; those of one word stand beside the given name."""
    fields = [str(identity.get(name) or "") for name in ("family_name", "given_name", "patronymic")]
    guessed = split(str(identity.get("name") or ""))
    own = Parts(*(known or guess for known, guess in zip(fields, _texts(guessed), strict=True)))
    yield from [own] if any(_texts(own)) else []
    if latin := str(identity.get("latin_name") or ""):
        yield split(latin)
    for other in identity.get("other_names") or []:
        if len(words(other)) > 1:
            yield split(other)
        elif words(other) and not is_given(other):
            yield Parts(other, own.given, own.patronymic)


def _texts(parts: Parts) -> Sequence[str]:
    return parts.family, parts.given, parts.patronymic


def _name(parts: Parts) -> Name:
    family, given, patronymic = _texts(parts)
    if not words(family):
        family, given = given, ""
    prepared = prepare(f"{given} {patronymic} {family}")
    counts = (
        (Role.GIVEN, len(words(given))),
        (Role.PATRONYMIC, len(words(patronymic))),
        (Role.SURNAME, len(words(family))),
    )
    return Name(prepared, tuple(role for role, number in counts for _ in range(number)))


def _telling(family: Sequence[Word]) -> Sequence[Word]:
    return [word for word in family if not word.initial and word.roman not in SMALL] or family


def _is_spelling(word: Word, other: Word) -> bool:
    """Whether two surnames are one, written in two ways: asking for both would tell more than asking for one."""
    known = known_match(word, other)
    return bool(known and known.score) or count_errors(word, other) <= MOST_ERRORS


# Words of places that tell no place.
GENERAL = """
oblast oblasti obl region kraya krai rayon raion district city gorod town village selo derevnia poselok respublika republic
russia russian rossiia rossiiskaia federatsiia federation ussr sssr soviet union rsfsr now former born the and
"""
_GENERAL = frozenset(key for word in GENERAL.split() for key in prepare(word).words[0].keys)


def place_words(places: Iterable[str]) -> frozenset[str]:
    """Keys of the words that name a place, in either alphabet."""
    found = {
        key for place in places for word in prepare(place).words if word.letters > 3 for key in word.keys
    }
    return frozenset(found - _GENERAL)
