"""Taking a file of incidents into the register, all that was chosen or nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.imports.drafts import Draft, UnitDraft
from cases.vetting.imports.plan import Planned, UnitBook, plan_import
from cases.vetting.models import Incident, IncidentSource, Unit
from cases.vetting.operations.units import lock_tree
from cases.vetting.queries.incidents import register, source_keys
from cases.vetting.register_refusals import NothingChosen


@dataclass(frozen=True)
class TakenIn:
    incidents: list[Incident]
    sources: int
    units: int


@transaction.atomic
def take_in_incidents(
    *,
    drafts: Sequence[Draft],
    lines: Collection[int],
    typed: Mapping[int, tuple[str, str]],
    by: User,
    progress: Callable[[int], None] = lambda done: None,
) -> TakenIn:
    """Save the incidents whose first rows are `lines`; what the register has already, it does not get twice."""
    # Whoever else takes in the same file waits here, and then finds everything known.
    lock_tree()
    plan = plan_import(drafts, register(), source_keys(draft.source.key for draft in drafts), typed)
    chosen = [one for one in plan.planned if one.adds and one.line in lines]
    if not chosen:
        raise NothingChosen(lines)
    units = _Units(by)
    made, sources = [], 0
    for done, planned in enumerate(chosen, start=1):
        incident = _incident(planned, units, by)
        sources += _cite(incident, planned, by)
        if planned.known is None:
            made.append(incident)
        progress(done)
    taken = TakenIn(made, sources, units.made)
    detail = f"{len(made)} incidents, {sources} sources, {units.made} units"
    record("vetting.incidents_imported", by=by, detail=detail)
    return taken


class _Units:
    """The units of the register, with those that the file adds to it."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.made = 0
        self._book = UnitBook(register().units.values())
        self._ids: dict[str, UUID] = {}
        self._parents: dict[UUID, UUID | None] = dict(Unit.objects.values_list("pk", "parent"))

    def id_of(self, draft: UnitDraft) -> UUID:
        ref = self._book.ref(draft)
        if ref.startswith("new ") and ref not in self._ids:
            self._ids[ref] = self._made(draft)
        found = self._ids.get(ref) or UUID(ref)
        if draft.parent:
            self._place(found, self.id_of(UnitDraft(draft.parent)))
        return found

    def _made(self, draft: UnitDraft) -> UUID:
        self.made += 1
        number = "" if Unit.objects.filter(number=draft.number).exists() else draft.number
        unit = Unit.objects.create(
            name=draft.name,
            number=number,
            kind=draft.kind,
            spellings=list(draft.spellings),
            created_by=self.by,
        )
        self._parents[unit.pk] = None
        return UUID(str(unit.pk))

    def _place(self, unit: UUID, parent: UUID) -> None:
        """A parent that somebody entered stays; one that would close a circle is left out."""
        if self._parents[unit] is None and unit not in self._line_of(parent):
            Unit.objects.filter(pk=unit).update(parent=parent)
            self._parents[unit] = parent

    def _line_of(self, unit: UUID) -> list[UUID]:
        line, at = [], self._parents[unit]
        while at is not None:
            line.append(at)
            at = self._parents[at]
        return [unit, *line]


def _incident(planned: Planned, units: _Units, by: User) -> Incident:
    if planned.known is not None:
        return Incident.objects.get(pk=planned.known)
    draft = planned.draft
    incident = Incident.objects.create(
        what=draft.what,
        kind=draft.kind,
        country=draft.country,
        places=list(draft.places),
        begins=draft.begins,
        ends=draft.ends,
        created_by=by,
    )
    incident.units.set(Unit.objects.filter(pk__in=[units.id_of(unit) for unit in draft.units]))
    return incident


def _cite(incident: Incident, planned: Planned, by: User) -> int:
    rows = [
        IncidentSource(
            incident=incident, text=one.text, url=one.url, dated_on=one.dated_on, key=one.key, added_by=by
        )
        for one in planned.fresh
    ]
    return len(IncidentSource.objects.bulk_create(rows))
