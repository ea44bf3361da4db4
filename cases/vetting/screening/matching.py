"""From thousands of rows that share a number with a surname to the few that may be the person. All of it in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cases.names.edits import edits
from cases.names.prepared import Word, letter_bits
from cases.vetting.screening.entries import Entry, digest, from_text
from cases.vetting.screening.sought import Sought
from cases.vetting.screening.weighing import Outcome, Weighed, compare_born, weigh


class Row(NamedTuple):
    """A row of the index as it was fetched: all that is needed, so that nothing is asked for a second time."""

    list: str
    entity: str
    keys: str
    born: str
    content: str


@dataclass(frozen=True, slots=True)
class Candidate:
    list: str
    entry: Entry
    digest: str
    weighed: Weighed


def candidates(sought: Sought, rows: Iterable[Row]) -> list[Candidate]:
    """Who may be the person, the likeliest first; an entry that several files hold stands once."""
    near = Near(sought.surnames)
    found: dict[str, Candidate] = {}
    for row in rows:
        keys = row.keys.split("|")
        if sought.keys.isdisjoint(keys) and not near(keys):
            continue
        if sought.born and compare_born(sought.born, row.born.split(" ")) is Outcome.DIFFERS:
            continue
        entry = from_text(row.entity, row.content)
        weighed = weigh(sought, entry)
        if weighed is None:
            continue
        known = found.get(row.entity)
        if known:
            entry.datasets = sorted({*entry.datasets, *known.entry.datasets})
        if known is None or weighed.score >= known.weighed.score:
            found[row.entity] = Candidate(row.list, entry, digest(row.content).hex(), weighed)
        else:
            known.entry.datasets = entry.datasets
    return sorted(found.values(), key=lambda one: (-one.weighed.score, one.entry.id))


class Near:
    """Whether a key is a surname with one typing error; each key is looked at once."""

    def __init__(self, surnames: Sequence[Word]) -> None:
        self._sounds = [
            (sound, letter_bits(sound)) for word in surnames for sound in word.sounds if len(sound) > 3
        ]
        self._known: dict[str, bool] = {}

    def __call__(self, keys: Iterable[str]) -> bool:
        return any(self._is_near(key) for key in keys)

    def _is_near(self, key: str) -> bool:
        if key not in self._known:
            bits = letter_bits(key)
            self._known[key] = ":" not in key and any(
                (bits & ~mine).bit_count() <= 1
                and (mine & ~bits).bit_count() <= 1
                and edits(sound, key, 1).whole <= 1
                for sound, mine in self._sounds
            )
        return self._known[key]
