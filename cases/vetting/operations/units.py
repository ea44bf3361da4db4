"""Keeping the tree of units."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.models import Incident, Unit
from cases.vetting.queries.incidents import spellings_after
from cases.vetting.register_refusals import (
    EntryChangedMeanwhile,
    EntryGone,
    OneIsPartOfTheOther,
    UnitCircle,
    UnitExists,
)

FIELDS = ("name", "number", "kind", "parent", "spellings")
# The trigger that keeps the tree takes the same one.
_TREE_LOCK = 4911064


def lock_tree() -> None:
    """Let nobody else change units until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


@transaction.atomic
def add_unit(*, facts: Mapping[str, Any], by: User) -> Unit:
    lock_tree()
    unit = Unit(created_by=by, **{name: facts[name] for name in FIELDS if name in facts})
    _refuse_twice(unit)
    unit.save(force_insert=True)
    record("vetting.unit_added", by=by, about=str(unit.pk))
    return unit


@transaction.atomic
def edit_unit(*, unit: Unit, changes: Mapping[str, Any], version: int, by: User) -> Unit:
    """Save what differs, unless somebody saved since `version`."""
    lock_tree()
    fresh = _locked(unit)
    changed = [name for name in FIELDS if name in changes and changes[name] != getattr(fresh, name)]
    if not changed:
        return fresh
    if fresh.version != version:
        raise EntryChangedMeanwhile({"unit": fresh})
    for name in changed:
        setattr(fresh, name, changes[name])
    _refuse_twice(fresh)
    if fresh.parent and fresh.pk in _line_of(fresh.parent):
        raise UnitCircle
    fresh.version += 1
    fresh.save(update_fields=[*changed, "version"])
    record("vetting.unit_edited", by=by, about=str(fresh.pk), detail=", ".join(changed))
    return fresh


@transaction.atomic
def merge_units(*, unit: Unit, into: Unit, by: User) -> Unit:
    """Give everything of `unit` to `into`, and let `unit` go: it was the same one entered twice."""
    lock_tree()
    gone, kept = _locked(unit), _locked(into)
    if gone.pk in _line_of(kept) or kept.pk in _line_of(gone):
        raise OneIsPartOfTheOther
    incidents = list(Incident.objects.filter(units=gone))
    kept.incidents.add(*incidents)
    gone.incidents.clear()
    Unit.objects.filter(parent=gone).update(parent=kept)
    kept.spellings = spellings_after(gone, kept)
    kept.number, kept.parent = kept.number or gone.number, kept.parent or gone.parent
    kept.version += 1
    gone.delete()
    kept.save(update_fields=["spellings", "number", "parent", "version"])
    record("vetting.units_merged", by=by, about=str(kept.pk), detail=f"{len(incidents)} incidents")
    return kept


def _locked(unit: Unit) -> Unit:
    try:
        return Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    except Unit.DoesNotExist:
        raise EntryGone from None


def _refuse_twice(unit: Unit) -> None:
    others = Unit.objects.exclude(pk=unit.pk)
    twice = others.filter(name__iexact=unit.name).first()
    if twice is None and unit.number:
        twice = others.filter(number=unit.number).first()
    if twice is not None:
        raise UnitExists(twice.name)


def _line_of(unit: Unit) -> set[Any]:
    """The unit and everything above it."""
    parents = dict(Unit.objects.values_list("pk", "parent"))
    found: set[Any] = set()
    at: Any = unit.pk
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found
