"""A name taken apart once, so that comparing it is cheap."""

import re
from dataclasses import dataclass

from cases.names.given import FORMS, SHORT
from cases.names.lookalikes import is_latin, repair
from cases.names.patronymic import find_patronymic
from cases.names.sound import french_sound_of_roman, roman, sound_of_roman
from cases.names.tokens import words

SHORTEST_QUERY = 3
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
    short_for: frozenset[str]
    stems: frozenset[str]
    patronymic: bool
    initial: bool
    heads: frozenset[str]
    spellings: tuple[tuple[str, int], ...]

    @property
    def weight(self) -> float:
        return 1 if self.initial else self.letters / 2 if self.patronymic else self.letters


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    words: tuple[Word, ...]
    patronymic: bool
    searchable: bool


def prepare(name: str) -> Prepared:
    heard = [(token, plain, readings(token, plain)) for token in words(name) if (plain := roman(token))]
    # In two words alone the second may be a surname: Олег Рабинович.
    patronymic = find_patronymic([sounds[0] for _, _, sounds in heard]) if len(heard) > 2 else None
    prepared = tuple(
        prepare_word(len(token), plain, sounds, patronymic=place == patronymic)
        for place, (token, plain, sounds) in enumerate(heard)
    )
    letters = sum(word.letters for word in prepared if word.letters > 1)
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
    """How a word sounds: read as English and, where it came in Latin letters, as French spells Russian."""
    english = sound_of_roman(plain)
    french = french_sound_of_roman(plain) if is_latin(repair(token)[0]) else english
    return (english,) if french == english else (english, french)


def prepare_word(letters: int, plain: str, sounds: tuple[str, ...], *, patronymic: bool) -> Word:
    return Word(
        letters=letters,
        roman=plain,
        sounds=sounds,
        keys=frozenset(FORMS.get(heard, heard) for heard in sounds),
        short_for=frozenset(full for heard in sounds for full in SHORT.get(heard, ())),
        stems=frozenset(MASCULINE_SKI.sub("", FEMININE.sub("", heard)) for heard in sounds),
        patronymic=patronymic,
        initial=letters == 1 or plain in INITIALS,
        heads=frozenset(text[:1] for text in (plain, *sounds)),
        spellings=tuple((text, letter_bits(text)) for text in dict.fromkeys((plain, *sounds)) if text),
    )
