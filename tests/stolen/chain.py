"""The log edited, cut and forged by somebody who owns its table: does the check tell?

Planted: the same, with the chain calculated anew from there on and the heads outside the database gone as well. Then
nothing tells, which is why they lie outside.
"""

import hashlib
import json
from contextlib import contextmanager
from datetime import UTC, timedelta

from django.db import connections

from cases.audit import heads
from cases.audit.queries import faults
from cases.audit.tasks import write_audit_head
from tests.stolen.table import Number

COLUMNS = ("id", "at", "actor", "action", "about", "detail", "previous", "hash")
INSERT = f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"


def log():
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY id")
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def write_log(rows):
    """The whole log is this now, whatever the triggers say: so does who owns the table."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry")
        cursor.executemany(INSERT, [[row[name] for name in COLUMNS] for row in rows])
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def hash_of(row):
    at = row["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [str(row["id"]), at, *(row[name] for name in ("actor", "action", "about", "detail", "previous"))]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def rechained(rows, start=0):
    """Numbers, links and hashes as the database would have given them, from a place on."""
    rows = [dict(row) for row in rows]
    for place in range(start, len(rows)):
        before = rows[place - 1] if place else {"id": 0, "hash": ""}
        rows[place] |= {"id": before["id"] + 1, "previous": before["hash"]}
        rows[place]["hash"] = hash_of(rows[place])
    return rows


# Each takes the rows and a source of chance, and returns what the attacker leaves in their place.


def edited(rows, chance):
    row = chance.choice(rows)
    column = chance.choice(("actor", "action", "about", "detail", "at"))
    row[column] = row[column] + timedelta(microseconds=1) if column == "at" else row[column] + "x"
    return rows


def edited_with_its_hash(rows, chance):
    """The hash of the row is right; the next row, or the head, does not know it."""
    row = chance.choice(rows)
    row["actor"] = f"{row['actor']}x"
    row["hash"] = hash_of(row)
    return rows


def cut_from_the_middle(rows, chance):
    place, number = chance.randrange(1, len(rows) - 6), chance.randint(1, 5)
    return rows[:place] + rows[place + number :]


def cut_from_the_end(rows, chance):
    return rows[: -chance.randint(1, len(rows) // 2)]


def forged_into_it(rows, chance):
    """A row more, with all that follows numbered and linked anew, but not hashed."""
    place = chance.randrange(1, len(rows))
    forged = rows[place] | {"action": "vault.opened", "actor": "somebody else"}
    forged["hash"] = hashlib.sha256(str(chance.random()).encode()).hexdigest()
    moved = [row | {"id": row["id"] + 1} for row in rows[place:]]
    return [*rows[:place], forged, *moved]


def put_at_the_end(rows, chance):
    last = rows[-1]
    forged = last | {"id": last["id"] + 1, "previous": last["hash"], "actor": "somebody else"}
    return [*rows, forged | {"hash": hashlib.sha256(str(chance.random()).encode()).hexdigest()}]


def written_anew(rows, chance):
    """A row left out, and the whole chain calculated anew from there on."""
    place = chance.randrange(1, len(rows) - 1)
    return rechained(rows[:place] + rows[place + 1 :], place)


WAYS = (
    edited,
    edited_with_its_hash,
    cut_from_the_middle,
    cut_from_the_end,
    forged_into_it,
    put_at_the_end,
    written_anew,
)


def written_anew_after_the_last_head(rows, chance):
    """What stays open: of what happened after the newest head, nobody outside knows anything."""
    last = max(heads.read_heads().hashes)
    later = [place for place, row in enumerate(rows) if row["id"] > last]
    place = chance.choice(later[:-1])
    return rechained(rows[:place] + rows[place + 1 :], place)


def attack(world, way, number, chance):
    """`number` times this way; how often the check says that all is whole, with and without what it stands on."""
    before = log()
    write_audit_head(0)
    if way is written_anew_after_the_last_head:
        _use(world)
        return _open_way(way, number, chance)
    unseen = planted = 0
    for _ in range(number):
        after = way([dict(row) for row in before], chance)
        with _instead(before, after):
            unseen += not list(faults())
        with _instead(before, rechained(after)), _without_heads():
            planted += not list(faults())
    return Number(f"log: {_words(way)}", number, unseen, number, 0, planted, number)


def _open_way(way, number, chance):
    """Planted the other way round: with a head written in time it shows."""
    before, unseen, seen = log(), 0, 0
    afters = [way([dict(row) for row in before], chance) for _ in range(number)]
    for after in afters:
        with _instead(before, after):
            unseen += not list(faults())
    write_audit_head(0)
    for after in afters:
        with _instead(before, after):
            seen += bool(list(faults()))
    name = f"log: {_words(way)}, open (planted: seen with a head)"
    return Number(name, number, unseen, number, number, seen, number)


def _use(world):
    from cases.audit.operations import record

    for turn in range(20):
        record("vault.opened", by=world.people["ana"], detail=str(turn))


@contextmanager
def _instead(before, after):
    write_log(after)
    try:
        yield
    finally:
        write_log(before)


@contextmanager
def _without_heads():
    file = heads.head_file()
    kept = file.read_bytes()
    file.unlink()
    try:
        yield
    finally:
        file.write_bytes(kept)


def _words(way):
    return way.__name__.replace("_", " ")
