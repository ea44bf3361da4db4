"""What a file would do to the register: rows that say the same become one incident, those known already add nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cases.vetting.imports.drafts import Draft, SourceDraft, UnitDraft
from cases.vetting.meeting import Incident, Register, Unit
from cases.vetting.place_names import place_keys
from cases.vetting.unit_names import UnitKey, own_keys

Signature = tuple[frozenset[str], frozenset[str], str, str]


@dataclass(frozen=True)
class Planned:
    """One incident to be: `drafts` say the same, the first speaks for all. `known` is one that the register has."""

    drafts: tuple[Draft, ...]
    fresh: tuple[SourceDraft, ...]
    known: str | None = None

    @property
    def draft(self) -> Draft:
        return self.drafts[0]

    @property
    def line(self) -> int:
        return self.draft.line

    @property
    def lines(self) -> list[int]:
        return [draft.line for draft in self.drafts]

    @property
    def is_vague(self) -> bool:
        """Without place and time it would meet everybody who ever served in the unit."""
        return not (self.draft.places or self.draft.begins or self.draft.ends)

    @property
    def adds(self) -> bool:
        return bool(self.fresh)


@dataclass(frozen=True)
class Plan:
    planned: list[Planned]
    wrong: list[Draft]
    # Rows that name the very same entry a second time: their number, and that of the first.
    repeated: list[tuple[int, int]]
    new_units: list[str]

    @property
    def incidents(self) -> list[Planned]:
        return [one for one in self.planned if one.adds and one.known is None]


class UnitBook:
    """Units by name: those of the register and those that a file brings. Only what is written alike is one unit."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.fresh: list[str] = []
        self._names: dict[str, str] = {}
        self._keys: dict[frozenset[UnitKey], str] = {}
        for unit in units:
            self._keep(
                unit.id, [unit.name, unit.number, *unit.spellings], own_keys(unit.number, unit.name)[0]
            )

    def ref(self, draft: UnitDraft) -> str:
        """The id of a known unit, or a name under which the new one is kept from now on."""
        found = self.find(draft.name)
        if found is None:
            found = f"new {draft.name}"
            self.fresh.append(draft.name)
            self._keep(found, [draft.name, *draft.spellings], own_keys("", draft.name)[0])
        return found

    def find(self, name: str) -> str | None:
        keys = own_keys("", name)[0]
        return self._names.get(name.casefold()) or (self._keys.get(keys) if keys else None)

    def _keep(self, ref: str, names: Iterable[str], keys: frozenset[UnitKey]) -> None:
        for name in filter(None, names):
            self._names.setdefault(name.casefold(), ref)
            for one in own_keys("", name)[0]:
                self._keys.setdefault(frozenset([one]), ref)
        if keys:
            self._keys.setdefault(keys, ref)


def plan_import(
    drafts: Sequence[Draft],
    register: Register,
    known_keys: set[str],
    typed: Mapping[int, tuple[str, str]],
) -> Plan:
    """`typed` holds the periods that somebody gave to incidents of the preview, by the line of the first row."""
    book = UnitBook(register.units.values())
    lines: dict[str, int] = {}
    repeated, groups = [], dict[Signature, list[Draft]]()
    for draft in (one for one in drafts if not one.errors):
        first = lines.setdefault(draft.source.key, draft.line)
        if first != draft.line:
            repeated.append((draft.line, first))
        else:
            groups.setdefault(_signature(draft, book), []).append(draft)
    here = {_known_signature(one): one.id for one in register.incidents}
    planned = [_planned(_with_period(group, typed), book, here, known_keys) for group in groups.values()]
    return Plan(planned, [one for one in drafts if one.errors], repeated, _new_units(planned, register))


def _planned(
    drafts: list[Draft], book: UnitBook, here: Mapping[Signature, str], known_keys: set[str]
) -> Planned:
    fresh = tuple(one.source for one in drafts if one.source.key not in known_keys)
    return Planned(tuple(drafts), fresh, here.get(_signature(drafts[0], book)))


def _with_period(drafts: list[Draft], typed: Mapping[int, tuple[str, str]]) -> list[Draft]:
    begins, ends = typed.get(drafts[0].line, (drafts[0].begins, drafts[0].ends))
    return [replace(one, begins=begins, ends=ends) for one in drafts]


def _signature(draft: Draft, book: UnitBook) -> Signature:
    units = frozenset(book.ref(unit) for unit in draft.units)
    return units, _places(draft.places), draft.begins, draft.ends


def _known_signature(incident: Incident) -> Signature:
    return incident.units, _places(incident.places), incident.begins, incident.ends


def _places(places: Iterable[str]) -> frozenset[str]:
    return frozenset(min(place_keys(one), default=one) for one in places)


def _new_units(planned: Iterable[Planned], register: Register) -> list[str]:
    """The units that would be added, parents included, as the file first names them."""
    book = UnitBook(register.units.values())
    for one in planned:
        for unit in one.draft.units if one.adds else ():
            book.ref(unit)
            if unit.parent:
                book.ref(UnitDraft(unit.parent))
    return book.fresh
