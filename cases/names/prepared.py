"""A name taken apart once, so that comparing it is cheap."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.names.given import FORMS, SHORT
from cases.names.lookalikes import is_latin, repair
from cases.names.neighbours import fold, languages
from cases.names.patronymic import father, find_patronymic
from cases.names.readings import other_sounds
from cases.names.sound import french_sound_of_roman, roman, sound_of_roman
from cases.names.tokens import words

SHORTEST_QUERY = 3
NOTHING: frozenset[str] = frozenset()
# Latin initials of Ю, Я, Ж and so on.
INITIALS = frozenset(("yu", "iu", "ya", "ia", "ye", "yo", "zh", "kh", "ts", "ch", "sh"))
FEMININE = re.compile("(?<=[oe]v)a$|(?<=.in)a$|(?<=[sT]k)a$")
MASCULINE_SKI = re.compile("(?<=[sT]k)i$")


class QueryTooShort(ValueError):
    """A query needs three letters: fewer would list half of the people on file."""


# No repr: a name must not get into a log line or an error page by way of what was made of it.
@dataclass(frozen=True, slots=True, repr=False)
class Word:
    letters: int
    roman: str
    sounds: tuple[str, ...]
    keys: frozenset[str]
    loose: frozenset[str]  # keys by less likely readings
    told: frozenset[str]  # folds that count, because a neighbour wrote this name
    short_for: frozenset[str]
    stems: frozenset[str]
    patronymic: bool
    father: str  # his name by its key and the child's sex, where the word is a patronymic that we know
    given: bool
    initial: bool
    heads: frozenset[str]
    spellings: tuple[tuple[str, int], ...]

    @property
    def folds(self) -> frozenset[str]:
        """All folds; not kept, because they are asked for only where the other name is told to be a neighbour's."""
        return frozenset(fold(self.roman).values())

    @property
    def weight(self) -> float:
        return 1 if self.initial else self.letters / 2 if self.patronymic else self.letters


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    words: tuple[Word, ...]
    patronymic: bool
    searchable: bool


def prepare(name: str) -> Prepared:
    """A name of any kind taken apart; nothing is refused here."""
    tokens = [(repair(token), len(token)) for token in words(name)]
    heard = [
        (token, plain, length, readings(token, plain))
        for token, length in tokens
        # What no table knows is compared as it is written.
        if (plain := roman(token) or token.lower())
    ]
    # In two words alone the second may be a surname: Олег Рабинович.
    patronymic = find_patronymic([sounds[0] for *_, sounds in heard]) if len(heard) > 2 else None
    spoken = languages((token, plain) for token, plain, *_ in heard)
    prepared = tuple(
        prepare_word(token, plain, length, sounds, spoken=spoken, patronymic=place == patronymic)
        for place, (token, plain, length, sounds) in enumerate(heard)
    )
    letters = sum(word.letters for word in prepared if word.letters > 1 and word.roman.isascii())
    return Prepared(
        words=prepared,
        patronymic=any(word.patronymic for word in prepared),
        searchable=letters >= SHORTEST_QUERY,
    )


def prepare_query(query: str | Prepared) -> Prepared:
    """A prepared query; raises QueryTooShort below three letters, initials not counted."""
    prepared = query if isinstance(query, Prepared) else prepare(query)
    if not prepared.searchable:
        raise QueryTooShort
    return prepared


def letter_bits(text: str) -> int:
    """One bit a letter: tells at once that two words share too little to differ by a typing error only."""
    bits = 0
    for char in text:
        bits |= 1 << (ord(char) & 63)
    return bits


def readings(token: str, plain: str) -> tuple[str, ...]:
    """How a repaired word sounds: read as English and, where it came in Latin letters, as French spells Russian."""
    english = sound_of_roman(plain)
    french = french_sound_of_roman(plain) if is_latin(token[0]) else english
    return (english,) if french == english else (english, french)


def keys_of(sounds: Iterable[str]) -> frozenset[str]:
    return frozenset(FORMS.get(heard, heard) for heard in sounds)


def prepare_word(
    token: str, plain: str, letters: int, sounds: tuple[str, ...], *, spoken: frozenset[str], patronymic: bool
) -> Word:
    keys = keys_of(sounds)
    child = father(sounds[0]) if patronymic else ""
    return Word(
        letters=letters,
        roman=plain,
        sounds=sounds,
        keys=keys | {child} if child else keys,
        loose=keys_of(others) - keys if (others := other_sounds(token, plain)) else NOTHING,
        told=frozenset(map(fold(plain).__getitem__, spoken)) if spoken else NOTHING,
        short_for=frozenset(full for heard in sounds for full in SHORT.get(heard, ())),
        stems=frozenset(MASCULINE_SKI.sub("", FEMININE.sub("", heard)) for heard in sounds),
        patronymic=patronymic,
        father=child,
        given=any(heard in FORMS for heard in sounds),
        initial=(letters == 1 and plain.isascii()) or plain in INITIALS,
        heads=frozenset(text[:1] for text in (plain, *sounds)),
        spellings=tuple((text, letter_bits(text)) for text in dict.fromkeys((plain, *sounds)) if text),
    )
