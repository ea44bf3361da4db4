"""Whether each row is the one that was recorded last: the audit log vouches for the marks, these for the rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from cases.audit.models import Entry
from cases.vault import marks
from cases.vault.models import Mark, Safe, SealedItem

_CHUNK = 2000
_DIGEST = re.compile(r"\bdigest ([0-9a-f]{64})$")


def faults() -> dict[str, int]:
    batches, recorded = dict(_batches()), _recorded()
    # What the log does not know, or what was altered, vouches for nothing.
    good = {
        batch: pairs for batch, pairs in batches.items() if batch in recorded and marks.digest(pairs) == batch
    }
    nothing = marks.digest([])
    adopted = (row.number for batch, row in recorded.items() if row.adopts and batch in {*good, nothing})
    began = max(adopted, default=0)
    due = {batch for batch, row in recorded.items() if row.number >= began and batch != nothing}
    expected = _newest(good, recorded)
    items, planted_items = _compare(_leaves_of_items(), expected)
    safes, planted_safes = _compare(_leaves_of_safes(), expected)
    found = {"changed_items": items, "changed_safes": safes, "unrecorded": planted_items + planted_safes}
    return {"marks": len((batches.keys() | due) - good.keys())} | found | {"missing": len(expected)}


@dataclass(frozen=True)
class _Row:
    number: int
    adopts: bool


def _recorded() -> dict[bytes, _Row]:
    """The rows of the log that carry a hash of marks, by that hash. The first counts: a row can be written again."""
    rows = Entry.objects.filter(action__startswith="vault.", detail__contains="digest ").order_by("id")
    recorded: dict[bytes, _Row] = {}
    for number, action, detail in rows.values_list("id", "action", "detail").iterator(chunk_size=_CHUNK):
        if found := _DIGEST.search(detail):
            recorded.setdefault(bytes.fromhex(found[1]), _Row(number, action == "vault.adopted"))
    return recorded


def _batches() -> Iterator[tuple[bytes, set[marks.Pair]]]:
    rows = Mark.objects.order_by("batch").values_list("batch", "thing", "leaf").iterator(chunk_size=_CHUNK)
    whole = ((bytes(batch), thing, bytes(leaf)) for batch, thing, leaf in rows)
    for batch, group in groupby(whole, itemgetter(0)):
        # The same state, marked twice, makes the same hash.
        yield batch, {(thing, leaf) for _batch, thing, leaf in group}


def _newest(good: dict[bytes, set[marks.Pair]], recorded: dict[bytes, _Row]) -> dict[UUID, bytes]:
    newest: dict[UUID, bytes] = {}
    for batch in sorted(good, key=lambda batch: recorded[batch].number):
        newest.update(good[batch])
    return {thing: leaf for thing, leaf in newest.items() if leaf != marks.leaf_of_gone(thing)}


def _leaves_of_items() -> Iterator[marks.Pair]:
    columns = SealedItem.objects.only("safe_id", "kind", "version", "envelope")
    return ((item.pk, marks.leaf_of_item(item)) for item in columns.iterator(chunk_size=_CHUNK))


def _leaves_of_safes() -> Iterator[marks.Pair]:
    return ((safe.pk, marks.leaf_of_safe(safe)) for safe in Safe.objects.iterator(chunk_size=_CHUNK))


def _compare(there: Iterable[marks.Pair], expected: dict[UUID, bytes]) -> tuple[int, int]:
    """Return how many rows were changed and how many are unknown; what was found is taken out of `expected`."""
    changed = unknown = 0
    for thing, leaf in there:
        known = expected.pop(thing, None)
        unknown += known is None
        changed += known not in (None, leaf)
    return changed, unknown
