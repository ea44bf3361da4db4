"""Writes the entries of a list in batches: what is unchanged is not touched, what vanished is marked ended, not deleted."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cases.vetting.models import ListEntry
from cases.vetting.queries.watchlists import Known, known_entries, known_range, living_ids
from cases.vetting.screening.entries import Entry, digest, to_text
from cases.vetting.screening.filers import Answer, Filer, current_mark
from cases.vetting.screening.filing import Place

BATCH = 5_000
COPY = "COPY vetting_listentry (watchlist_id, entity, digest, buckets, sounds, keys, born, content, added_at) FROM STDIN"
# What the text format of COPY and, inside of it, that of arrays give a meaning.
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"'})


class New(NamedTuple):
    """An entry that is to be written, in the place of the row `old` where there is one."""

    entry: Entry
    text: str
    digest: bytes
    added_at: datetime
    old: int | None


class Filing(NamedTuple):
    """A batch that somebody else is filing."""

    new: list[New]
    answer: Answer
    taken_back: list[int]


class Met:
    """Which rows were met, one bit each: a million of them are 122 KB."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._bits = bytearray((max(0, last - first) >> 3) + 1)

    def add(self, number: int) -> None:
        if self.first <= number <= self.last:
            at = number - self.first
            self._bits[at >> 3] |= 1 << (at & 7)

    def __contains__(self, number: int) -> bool:
        at = number - self.first
        return bool(self._bits[at >> 3] & (1 << (at & 7)))


class Writer:
    """Takes the entries of one import, batch by batch, and counts what it did.

    While one batch is being filed the next is read: what `write` was given is written by the next `write`, or by `finish`.
    """

    def __init__(self, watchlist_id: UUID, file: Filer) -> None:
        self.watchlist_id, self.mark = watchlist_id, current_mark()
        self.added = self.changed = self.unchanged = self.ended = 0
        self._file = file
        self._filing: Filing | None = None
        self._met_living = 0
        first, last, self._living = known_range(watchlist_id)
        self._met = Met(first, last)

    def write(self, entries: Iterable[Entry]) -> None:
        """Take one batch; of entries with one id the last counts."""
        newest = {entry.id: entry for entry in entries}
        if self._filing and any(one.entry.id in newest for one in self._filing.new):
            self.finish()
        known = known_entries(self.watchlist_id, list(newest))
        now = timezone.now()
        new = [
            one
            for entry in newest.values()
            if entry.op != "DEL" and (one := self._new(entry, known.get(entry.id), now)) is not None
        ]
        back = [here.number for one, here in known.items() if newest[one].op == "DEL" and here.living]
        answer = self._file([(one.entry.names, one.entry.families) for one in new])
        self.finish()
        self._filing = Filing(new, answer, back)

    def finish(self) -> None:
        """Write what is being filed."""
        if self._filing is None:
            return
        new, answer, back = self._filing
        self._filing = None
        places = answer()
        # Rows of one bucket lie side by side in the table, so that a question reads few pages.
        order = sorted(range(len(new)), key=lambda at: places[at].buckets[:1])
        with transaction.atomic():
            ListEntry.objects.filter(pk__in=[one.old for one in new if one.old]).delete()
            _copy(_line(self.watchlist_id, new[at], places[at]) for at in order)
            self._end(back)

    def end_others(self) -> None:
        """Mark as ended what was there before and was not met."""
        for numbers in living_ids(self.watchlist_id, self._met.last):
            self._end([number for number in numbers if number not in self._met])

    @property
    def lacks_most(self) -> bool:
        """Whether more than half of the entries that were living have not been met."""
        return self._met_living * 2 < self._living

    @property
    def touched(self) -> int:
        return self.added + self.changed + self.ended

    def _new(self, entry: Entry, here: Known | None, now: datetime) -> New | None:
        """None where the same stands there already."""
        text = to_text(entry)
        said = digest(text, self.mark)
        if here is None:
            self.added += 1
            return New(entry, text, said, now, None)
        self._met.add(here.number)
        self._met_living += here.living
        if here.living and here.digest == said:
            self.unchanged += 1
            return None
        self.changed += 1
        return New(entry, text, said, here.added_at, here.number)

    def _end(self, numbers: Sequence[int]) -> None:
        if numbers:
            self.ended += ListEntry.objects.filter(pk__in=numbers).update(ended_at=timezone.now())


def _line(watchlist_id: UUID, one: New, place: Place) -> str:
    """A row in the text format of COPY."""
    cells = (
        str(watchlist_id),
        one.entry.id.translate(_ESCAPED),
        f"\\\\x{one.digest.hex()}",
        f"{{{','.join(map(str, place.buckets))}}}",
        _array(place.sounds).translate(_ESCAPED),
        place.keys.translate(_ESCAPED),
        " ".join(one.entry.born).translate(_ESCAPED),
        one.text.translate(_ESCAPED),
        one.added_at.isoformat(),
    )
    return "\t".join(cells) + "\n"


def _copy(lines: Iterator[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        while block := "".join(islice(lines, 500)):
            copy.write(block)


def _array(texts: Sequence[str]) -> str:
    quoted = (text.translate(_QUOTED) for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def batches(entries: Iterable[Entry], size: int = BATCH) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
