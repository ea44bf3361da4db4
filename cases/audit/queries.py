import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.utils import timezone

from cases.audit.heads import read_heads
from cases.audit.models import Entry


@dataclass(frozen=True)
class Fault:
    number: int
    sentence: str


def last_entry() -> Entry | None:
    return Entry.objects.order_by("-id").first()


def recorded_today(action: str, *, actor: str, about: str = "", detail: str = "") -> bool:
    """Whether such a row was written since midnight where the reader is."""
    rows = Entry.objects.filter(action=action, actor=actor, about=about, detail=detail)
    return rows.filter(at__date=timezone.localdate()).exists()


def expected_hash(entry: Entry) -> str:
    """The SHA-256 that the database's trigger computed: over the JSON array of the row's strings and the previous hash."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [str(entry.id), at, entry.actor, entry.action, entry.about, entry.detail, entry.previous]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def faults() -> Iterator[Fault]:
    """Walk the whole chain and the heads kept outside; yield every place where they do not fit."""
    outside = read_heads()
    if outside.unreadable:
        yield Fault(0, f"{outside.unreadable} lines of the heads outside the database cannot be read")
    heads = dict(outside.hashes)
    number, previous = 0, ""
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        if entry.id != number + 1:
            yield Fault(number + 1, f"rows {number + 1} to {entry.id - 1} are missing")
        if entry.previous != previous:
            yield Fault(entry.id, "does not follow the row before it")
        if entry.hash != expected_hash(entry):
            yield Fault(entry.id, "was changed after it was written")
        if heads.pop(entry.id, entry.hash) != entry.hash:
            yield Fault(entry.id, "differs from the head kept outside the database")
        number, previous = entry.id, entry.hash
    for missing in sorted(heads):
        yield Fault(missing, "is kept in the heads outside the database, but the row is gone")
