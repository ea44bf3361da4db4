"""Taking a file in: what the register gets, and that it gets it once."""

import pytest

from cases.audit.models import Entry
from cases.vetting.imports.listing import read_listing
from cases.vetting.imports.own_columns import read_own
from cases.vetting.imports.plan import plan_import
from cases.vetting.models import Incident, IncidentSource, Unit
from cases.vetting.operations.incident_import import take_in_incidents
from cases.vetting.operations.incidents import edit_incident, strike_incident
from cases.vetting.queries.incidents import register, source_keys
from cases.vetting.register_refusals import NothingChosen
from tests.vetting.incidents.making import ARMY, BRIGADE, entry, make_incident, make_unit, row

pytestmark = pytest.mark.django_db


def listing(*rows):
    return [read_listing(line, one) for line, one in enumerate(rows, start=2)]


def own(*rows):
    return [read_own(line, one) for line, one in enumerate(rows, start=2)]


def take(drafts, by, lines=None, typed=None, **more):
    chosen = {draft.line for draft in drafts} if lines is None else lines
    return take_in_incidents(drafts=drafts, lines=chosen, typed=typed or {}, by=by, **more)


def counts():
    return Incident.objects.count(), IncidentSource.objects.count(), Unit.objects.count()


def test_entries_that_say_the_same_become_one_incident_with_several_sources(viktor, recorded):
    taken = take(listing(entry(1), entry(2), entry(3, places="Izium")), viktor)

    assert (len(taken.incidents), taken.sources, taken.units) == (2, 3, 2)
    bucha = Incident.objects.get(places=["Bucha"])
    assert [str(source) for source in bucha.sources.order_by("text")] == [
        "EU listing, CELEX 32014R0269, entry 1",
        "EU listing, CELEX 32014R0269, entry 2",
    ]
    assert [str(unit) for unit in bucha.units.all()] == [BRIGADE]
    assert str(Unit.objects.get(name=BRIGADE).parent) == ARMY
    assert recorded() == ["vetting.incidents_imported"]
    assert Entry.objects.first().detail == "2 incidents, 3 sources, 2 units"


def test_the_same_file_again_adds_nothing(viktor):
    drafts = [*listing(entry(1), entry(2)), *(read_own(9, row()),)]
    take(drafts, viktor)
    before = counts()

    with pytest.raises(NothingChosen):
        take(drafts, viktor)
    assert counts() == before


def test_it_adds_nothing_either_once_somebody_corrected_what_it_brought(viktor):
    drafts = listing(entry(1))
    [incident] = take(drafts, viktor).incidents
    edit_incident(incident=incident, changes={"begins": "2022-03"}, units=[], version=1, by=viktor)
    with pytest.raises(NothingChosen):
        take(drafts, viktor)
    incident.refresh_from_db()
    strike_incident(incident=incident, reason="twice", by=viktor)

    with pytest.raises(NothingChosen):
        take(drafts, viktor)
    assert Incident.objects.count() == 1


def test_a_row_about_a_known_incident_adds_its_source_there(viktor):
    known = make_incident(viktor, make_unit(viktor), begins="2022-03", ends="")
    taken = take(own(row(place="Буча", unit="64-я омсбр", source="Another report")), viktor)

    assert (taken.incidents, taken.sources, taken.units) == ([], 1, 0)
    assert [str(source) for source in known.sources.order_by("text")] == ["A report", "Another report"]


def test_only_what_is_ticked_is_taken_in_with_the_time_that_was_typed(viktor):
    drafts = listing(entry(1), entry(2, places="Izium"))
    take(drafts, viktor, lines={3}, typed={3: ("2022-03", "2022-09")})

    assert list(Incident.objects.values_list("places", "begins", "ends")) == [
        (["Izium"], "2022-03", "2022-09")
    ]


def test_rows_with_errors_and_rows_that_come_twice_are_left_out(viktor):
    drafts = own(row(), row(what=""), row())
    plan = plan_import(drafts, register(), source_keys([]), {})

    assert ([one.line for one in plan.wrong], plan.repeated) == ([3], [(4, 2)])
    assert len(take(drafts, viktor).incidents) == 1


def test_a_parent_that_somebody_entered_stays(viktor):
    other = make_unit(viktor, "36th Combined Arms Army")
    unit = make_unit(viktor, parent=other)
    take(listing(entry(1)), viktor)

    unit.refresh_from_db()
    assert unit.parent == other


def test_a_file_cannot_close_a_circle(viktor):
    take(own(row(unit="64 омсбр", parent="35 ОА"), row(unit="35 ОА", parent="64 омсбр")), viktor)

    assert dict(Unit.objects.values_list("name", "parent__name")) == {"64 омсбр": "35 ОА", "35 ОА": None}


def test_progress_is_told_and_a_broken_import_leaves_nothing(viktor):
    told = []
    drafts = listing(entry(1), entry(2, places="Izium"))

    def breaks(done):
        told.append(done)
        if done == 2:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        take(drafts, viktor, progress=breaks)
    assert (told, counts()) == ([1, 2], (0, 0, 0))


def test_nothing_of_the_person_reaches_the_register(viktor):
    take(listing(entry(1)), viktor)
    stored = (
        str(list(Incident.objects.values()))
        + str(list(IncidentSource.objects.values()))
        + str(list(Unit.objects.values()))
    )

    assert "vydumsk" not in stored.lower()
    assert "выдумск" not in stored.lower()
