"""From thousands of rows that share a number with a surname to the few that may be the person. All of it in memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.names.alike import MOST_ERRORS, count_errors
from cases.names.edits import edits
from cases.names.prepared import letter_bits, prepare
from cases.names.tokens import words
from cases.names.word_match import known_match
from cases.vetting.screening.entries import Entry, digest, from_text
from cases.vetting.screening.sought import Role, Sought
from cases.vetting.screening.weighing import Outcome, Weighed, compare_born, weigh

# A row of the index as it was fetched: the id of its file, its own, keys, birth dates and content. That is all that is
# needed: nothing is asked for a second time. A plain tuple, because thousands are looked at and a few are kept.
Row = tuple[object, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    list: str
    entry: Entry
    digest: str
    weighed: Weighed


def candidates(sought: Sought, rows: Iterable[Row]) -> list[Candidate]:
    """Who may be the person, the likeliest first; an entry that several files hold stands once."""
    meets, given = Surnames(sought), GivenNames(sought)
    found: dict[str, Candidate] = {}
    for file, entity, keys, born, content in rows:
        if not meets(keys) or (sought.born and compare_born(sought.born, born.split(" ")) is Outcome.DIFFERS):
            continue
        entry = from_text(entity, content)
        if not given(entry.names):
            continue
        weighed = weigh(sought, entry)
        if weighed is None:
            continue
        known = found.get(entity)
        if known:
            entry.datasets = sorted({*entry.datasets, *known.entry.datasets})
        if known is None or weighed.score >= known.weighed.score:
            found[entity] = Candidate(str(file), entry, digest(content).hex(), weighed)
        else:
            known.entry.datasets = entry.datasets
    return sorted(found.values(), key=lambda one: (-one.weighed.score, one.entry.id))


class Surnames:
    """Whether the keys of a row hold a surname that is looked for, or one with one typing error; each is looked at once."""

    def __init__(self, sought: Sought) -> None:
        self._keys = sought.keys
        self._sounds = [
            (sound, letter_bits(sound)) for word in sought.surnames for sound in word.sounds if len(sound) > 3
        ]
        self._known: dict[str, bool] = {}

    def __call__(self, keys: str) -> bool:
        known = self._known.get(keys)
        if known is None:
            parts = keys.split("|")
            known = not self._keys.isdisjoint(parts) or any(map(self._is_near, parts))
            self._known[keys] = known
        return known

    def _is_near(self, key: str) -> bool:
        if ":" in key:
            return False
        bits = letter_bits(key)
        return any(
            (bits & ~mine).bit_count() <= 1
            and (mine & ~bits).bit_count() <= 1
            and edits(sound, key, 1).whole <= 1
            for sound, mine in self._sounds
        )


class GivenNames:
    """Whether a name may hold the given name that is looked for: of a frequent surname there are thousands on a list."""

    def __init__(self, sought: Sought) -> None:
        self._given = [word for name in sought.names for word in name.words_of(Role.GIVEN)]
        self._known: dict[str, bool] = {}

    def __call__(self, names: Iterable[str]) -> bool:
        return not self._given or any(self._may_be(token) for name in names for token in words(name))

    def _may_be(self, token: str) -> bool:
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = any(
                word.initial
                or ((match := known_match(mine, word)) is not None and match.score > 0)
                or count_errors(mine, word) <= MOST_ERRORS
                for word in prepare(token).words
                for mine in self._given
            )
        return known
