"""The register of incidents: public knowledge, alike for everybody who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from cases.vetting import meeting
from cases.vetting.models import Incident, IncidentSource, SourceCopy, Unit
from cases.vetting.place_names import place_keys
from cases.vetting.spans import span
from cases.vetting.unit_names import own_keys


@dataclass(frozen=True)
class Wanted:
    """What a list of incidents is narrowed to; empty values narrow nothing."""

    text: str = ""
    place: str = ""
    unit: UUID | None = None
    begins: str = ""
    ends: str = ""
    state: str = ""


def register() -> meeting.Register:
    """The whole register, always: what is looked for in it must not reach the database."""
    return meeting.Register({one.id: one for one in _units()}, list(_incidents()))


def _units() -> Iterable[meeting.Unit]:
    for unit in Unit.objects.all():
        parent = str(unit.parent_id) if unit.parent_id else None
        yield meeting.Unit(str(unit.pk), unit.name, unit.number, tuple(unit.spellings), parent)


def _incidents() -> Iterable[meeting.Incident]:
    units: dict[UUID, set[str]] = {}
    for incident, unit in Incident.units.through._default_manager.values_list("incident_id", "unit_id"):
        units.setdefault(incident, set()).add(str(unit))
    for one in counting():
        known = frozenset(units.get(one.pk, ()))
        yield meeting.Incident(
            str(one.pk), one.what, known, tuple(one.places), one.region, one.begins, one.ends
        )


def counting() -> QuerySet[Incident]:
    """The incidents that count: not struck out."""
    return Incident.objects.filter(struck_at__isnull=True)


def incidents(wanted: Wanted) -> QuerySet[Incident]:
    """The list as it is asked for, the latest first; struck ones only where they are asked for."""
    found = Incident.objects.filter(struck_at__isnull=wanted.state != "struck")
    if wanted.state == "undated":
        found = found.filter(begins="", ends="")
    if wanted.unit:
        of_unit = [wanted.unit, *map(UUID, register().below([str(wanted.unit)]))]
        through = Incident.units.through._default_manager.filter(unit__in=of_unit)
        found = found.filter(pk__in=through.values("incident"))
    if wanted.text or wanted.place or wanted.begins or wanted.ends:
        rows = found.prefetch_related("units", "sources")
        found = found.filter(pk__in=[one.pk for one in rows if _fits(one, wanted)])
    found = found.annotate(source_count=Count("sources", distinct=True))
    return found.prefetch_related("units").order_by("-begins", "what", "id")


def _fits(incident: Incident, wanted: Wanted) -> bool:
    """In whatever spelling of the place; an incident without a date fits every time."""
    places = "; ".join([*incident.places, incident.region])
    if wanted.place and not place_keys(places) & place_keys(wanted.place):
        return False
    said = [incident.what, places, *(str(one) for one in incident.sources.all())]
    for unit in incident.units.all():
        said += [unit.name, unit.number, *unit.spellings]
    text = "\n".join(said).casefold()
    if any(word not in text for word in wanted.text.casefold().split()):
        return False
    return span(incident.begins, incident.ends).may_meet(span(wanted.begins, wanted.ends))


def find_incident(incident_id: UUID) -> Incident:
    copies = Prefetch("copies", SourceCopy.objects.defer("content").select_related("added_by"))
    sources = Prefetch("sources", IncidentSource.objects.select_related("added_by").prefetch_related(copies))
    rows = Incident.objects.select_related("created_by", "struck_by").prefetch_related("units", sources)
    found = rows.filter(pk=incident_id).first()
    if found is None:
        raise Http404
    return found


def find_source(incident_id: UUID, source_id: UUID) -> IncidentSource:
    found = IncidentSource.objects.select_related("incident").filter(pk=source_id, incident=incident_id)
    if (source := found.first()) is None:
        raise Http404
    return source


def find_copy(copy_id: UUID) -> SourceCopy:
    if (copy := SourceCopy.objects.filter(pk=copy_id).first()) is None:
        raise Http404
    return copy


def source_keys(keys: Iterable[str]) -> set[str]:
    """Which of these entries were taken in already."""
    known = IncidentSource.objects.filter(key__in=list(keys))
    return {key for key in known.values_list("key", flat=True) if key}


def units() -> QuerySet[Unit]:
    counting_only = Q(incidents__struck_at__isnull=True)
    counted = Count("incidents", filter=counting_only, distinct=True)
    return Unit.objects.select_related("parent").annotate(incident_count=counted).order_by("name")


def units_named(text: str) -> list[Unit]:
    """The units that a text can mean, in whatever spelling, and those whose name holds it."""
    known = register()
    named = known.named(own_keys("", text)[0])
    return [
        unit
        for unit in units()
        if str(unit.pk) in named
        or any(text.casefold() in one.casefold() for one in (unit.name, unit.number, *unit.spellings))
    ]


def find_unit(unit_id: UUID) -> Unit:
    if (unit := units().filter(pk=unit_id).first()) is None:
        raise Http404
    return unit


def perhaps_the_same(unit: Unit) -> list[Unit]:
    """Other units whose writings can mean this one: perhaps it was entered twice."""
    known = register()
    others = known.named(known.units[str(unit.pk)].keys) - {str(unit.pk)}
    return list(units().filter(pk__in=others))


def parts_of(unit: Unit) -> QuerySet[Unit]:
    return units().filter(parent=unit)


def incidents_of(unit: Unit) -> QuerySet[Incident]:
    return incidents(Wanted()).filter(units=unit)


def is_part(unit: Unit, other: Unit) -> bool:
    """Whether one of the two is the other, or a part of it."""
    known = register()
    one, two = str(unit.pk), str(other.pk)
    return one == two or one in known.above([two]) or two in known.above([one])


def merged(gone: Unit, kept: Unit) -> dict[str, object]:
    """What merging `gone` into `kept` would change."""
    return {
        "kept": kept,
        "moving_incidents": incidents_of(gone).exclude(units=kept),
        "moving_parts": parts_of(gone),
        "spellings": spellings_after(gone, kept),
        "parent": gone.parent if kept.parent is None else None,
    }


def spellings_after(gone: Unit, kept: Unit) -> list[str]:
    """The other spellings of `kept` once `gone` was merged into it."""
    own = {kept.name.casefold(), (kept.number or gone.number).casefold()}
    found = [*kept.spellings, gone.name, gone.number, *gone.spellings]
    told = {one.casefold(): one for one in found if one and one.casefold() not in own}
    return list(told.values())
