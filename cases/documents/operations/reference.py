"""Changes of the reference data: from the files, and by hand in the admin panel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import Actor, record
from cases.documents.models import Reference
from cases.documents.tables import SHELVES, Shelf, digest, in_file, later, table_of, values_of


@dataclass
class Loaded:
    """What a loading did, as "table/key". Only `added` and `updated` changed something."""

    rows: int = 0
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    # Edited here, while the file said the same as ever.
    kept: list[str] = field(default_factory=list)
    # Edited here, and the file says something new: nothing was changed, somebody has to compare.
    differs: list[str] = field(default_factory=list)
    # In force here and no longer in the file.
    gone: list[str] = field(default_factory=list)


@transaction.atomic
def load_reference(*, by: Actor | None = None, folder: Path | None = None) -> Loaded:
    """Bring the tables to the state of the files, and leave alone what was edited here; raises BadFile."""
    loaded = Loaded()
    for shelf in SHELVES:
        for table, lines in shelf.read(folder).items():
            _load(shelf, table, lines, loaded)
    if loaded.added or loaded.updated:
        detail = f"{len(loaded.added)} added, {len(loaded.updated)} updated"
        record("documents.reference_loaded", by=by, detail=detail)
    return loaded


def _load(shelf: Shelf, table: str, lines: Sequence[Mapping[str, Any]], loaded: Loaded) -> None:
    model, columns = shelf.models[table], shelf.files[table]
    rows = model._default_manager
    here = {row.key: row for row in rows.select_for_update()}
    codes = {values_of(row)["code"]: row.key for row in here.values()} if "code" in columns else {}
    new, changed = [], []
    for line in lines:
        loaded.rows += 1
        name = f"{table}/{line['key']}"
        row = here.pop(line["key"], None)
        if codes.get(line.get("code", ""), line["key"]) != line["key"]:
            # Somebody added this code here under a key of their own.
            loaded.differs.append(name)
        elif row is None:
            new.append(model(**line, loaded=digest(line)))
            loaded.added.append(name)
        elif _follow(row, line, name, loaded):
            changed.append(row)
    rows.bulk_create(new)
    rows.bulk_update(changed, [*(column for column in columns if column != "key"), "loaded"])
    loaded.gone += [f"{table}/{row.key}" for row in here.values() if row.loaded and _counts_still(row)]


def _follow(row: Reference, line: Mapping[str, Any], name: str, loaded: Loaded) -> bool:
    """Give the row what the file says, where nobody edited it here. Return whether it is to be written."""
    ours, theirs = digest(values_of(row)), digest(line)
    if ours == theirs:
        verified = later(row.verified_on, line["verified_on"])
        if (row.loaded, row.verified_on) == (theirs, verified):
            return False
        row.loaded, row.verified_on = theirs, verified
        loaded.updated.append(name)
        return True
    if ours != row.loaded:
        (loaded.kept if theirs == row.loaded else loaded.differs).append(name)
        return False
    # What was verified here was the old text: the day comes from the file as well.
    for column, value in line.items():
        setattr(row, column, value)
    row.loaded = theirs
    loaded.updated.append(name)
    return True


def _counts_still(row: Reference) -> bool:
    return row.ends is None or row.ends >= timezone.localdate()


@transaction.atomic
def add_fact(*, fact: Reference, by: Actor) -> None:
    fact.save(force_insert=True)
    record("documents.reference_added", by=by, about=fact.key, detail=table_of(fact))


@transaction.atomic
def edit_fact(*, fact: Reference, columns: Iterable[str], by: Actor) -> None:
    """Save the columns named. Who saves a row has seen what the file says of it: later loadings call it kept."""
    changed = list(columns)
    theirs = in_file(fact)
    seen = digest(theirs) if theirs else fact.loaded
    if not changed and seen == fact.loaded:
        return
    fact.loaded = seen
    fact.save(update_fields=[*changed, "loaded"])
    detail = f"{table_of(fact)}: {', '.join(changed) or 'kept against the file'}"
    record("documents.reference_edited", by=by, about=fact.key, detail=detail)


@transaction.atomic
def verify_facts(*, facts: Sequence[Reference], by: Actor) -> None:
    """Note that somebody read the sources of these rows of one table today and found them right."""
    if not facts:
        return
    for fact in facts:
        fact.verified_on = timezone.localdate()
    type(facts[0])._default_manager.bulk_update(facts, ["verified_on"])
    keys = ", ".join(fact.key for fact in facts)
    record("documents.reference_verified", by=by, detail=f"{table_of(facts[0])}: {keys}")
