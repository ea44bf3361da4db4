"""Under which buckets and keys an entry of a list is filed, and by which words of a name somebody is sought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cases.names.alike import SMALL
from cases.names.given import FORMS
from cases.names.lookalikes import repair
from cases.names.neighbours import fold, languages
from cases.names.patronymic import find_patronymic
from cases.names.prepared import INITIALS, keys_of, readings
from cases.names.readings import other_sounds
from cases.names.sound import roman
from cases.names.tokens import words
from cases.vetting.screening.buckets import Buckets

# Words of public lists; a bound, so that a list of any length fits into memory.
REMEMBERED = 40_000
# What the rules of names make of these tells whether an index was made by the rules of today.
SAMPLE = [
    "Щербаков",
    "Marozau",
    "Joukov",
    "Tcvetaev",
    "Колісник",
    "Ковалёв",
    "Hmelnitsky",
    "Lachovsky",
    "Дзагоев",
    "Jakovlev",
    "Ахметқызы",
]


@dataclass(frozen=True, slots=True)
class Filed:
    """One word of a list: its keys as `filing_keys` writes them, its buckets, and what a neighbour's word adds."""

    keys: tuple[str, ...]
    buckets: tuple[int, ...]
    family: str
    folds: tuple[str, ...]
    told: frozenset[str]
    weak: bool
    patronymic: bool


class Place(NamedTuple):
    """Where an entry stands in the index: `sounds` are what led to each of the `buckets`."""

    buckets: tuple[int, ...]
    sounds: tuple[str, ...]
    keys: str


# The names of an entry, and the words that its source calls surnames.
Named = tuple[Sequence[str], Sequence[str]]


class Cabinet:
    """Files entries. Remembers words, which belong to public lists; never used for the name of who is sought."""

    def __init__(self, buckets: Buckets) -> None:
        self.buckets = buckets
        self._words: dict[str, Filed] = {}
        self._older: dict[str, Filed] = {}

    def mark(self) -> str:
        places = [self.place([name], []) for name in SAMPLE]
        return self.buckets.mark([(sorted(place.buckets), place.keys) for place in places])

    def place(self, names: Iterable[str], families: Iterable[str]) -> Place:
        found: dict[int, str] = {}
        keys: set[str] = set()
        for name in names:
            tokens = words(name)
            read = [self._read(token) for token in tokens]
            told = {mark for word in read for mark in word.told}
            for word in _surnames(tokens, read):
                self._add(word, told, found, keys)
        for name in families:
            for token in words(name):
                self._add(self._read(token), set(), found, keys)
        return Place(tuple(found), tuple(found.values()), "|".join(sorted(keys)))

    def _add(self, word: Filed, told: set[str], found: dict[int, str], keys: set[str]) -> None:
        keys.update(word.keys)
        for bucket in word.buckets:
            found.setdefault(bucket, word.family)
        for folded in word.folds if told else ():
            if folded[:2] in told:
                keys.add(f"told {folded}")
                found.setdefault(self.buckets.of(folded), word.family)

    def _read(self, token: str) -> Filed:
        # Look-alikes are told by their case, so only plain Latin words are alike in small letters.
        token = token.lower() if token.isascii() else token
        known = self._words.get(token)
        if known is None:
            known = self._older.get(token) or self._file(token)
            if len(self._words) >= REMEMBERED:
                # What is met again and again comes back from the older half; the rest is forgotten.
                self._older, self._words = self._words, {}
            self._words[token] = known
        return known

    def _file(self, token: str) -> Filed:
        # What `prepare` makes of a word, without what only a comparison needs: a list has a million of them.
        repaired = repair(token)
        plain = roman(repaired) or repaired.lower()
        sounds = readings(repaired, plain)
        folded, told = fold(plain), languages([(repaired, plain)])
        keys = keys_of(sounds) | keys_of(other_sounds(repaired, plain))
        heard = keys.union(map(folded.__getitem__, told))
        return Filed(
            keys=(*keys, *folded.values()),
            buckets=tuple({self.buckets.of(one) for one in heard}),
            family=sounds[0],
            folds=tuple(folded.values()),
            told=told,
            weak=plain in INITIALS
            or plain in SMALL
            or len(plain) == 1
            or any(map(FORMS.__contains__, sounds)),
            patronymic=find_patronymic(["", sounds[0]]) is not None,
        )


def _surnames(tokens: Sequence[str], read: Sequence[Filed]) -> list[Filed]:
    """The words that may be surnames: not given names and not the patronymic, unless nothing else is left or capitals say so."""
    father = None
    if len(read) > 2:
        father = next((word for word in read[1:] if word.patronymic), None)
    found = [word for word in read if word is not father and not word.weak]
    capital = [len(token) > 1 and token.isupper() for token in tokens]
    if any(capital) and not all(capital):
        found += [
            word for word, is_large in zip(read, capital, strict=True) if is_large and word not in found
        ]
    return found or [word for word in read if word is not father]
