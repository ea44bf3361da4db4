"""Keeping units and incidents; what the database refuses by itself."""

import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.vetting.models import Incident, SourceCopy, Unit
from cases.vetting.operations import incidents as operations
from cases.vetting.operations.units import edit_unit, merge_units
from cases.vetting.queries import incidents as queries
from cases.vetting.queries.incidents import Wanted
from cases.vetting.register_refusals import (
    CopyNotKept,
    EntryChangedMeanwhile,
    EntryGone,
    OneIsPartOfTheOther,
    SourceKnown,
    UnitCircle,
    UnitExists,
)
from tests.vetting.incidents.making import ADDRESS, ARMY, BRIGADE, make_incident, make_unit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


def refused_by_the_database(**facts):
    incident = Incident.objects.get()
    for name, value in facts.items():
        setattr(incident, name, value)
    try:
        with transaction.atomic():
            incident.save()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return ""


@pytest.mark.parametrize(
    ("begins", "ends", "constraint"),
    [
        ("2022-03-05", "2022-03", ""),
        ("2022", "2022-03-05", ""),
        ("", "2022", ""),
        ("2022-3", "", "incident_begins_on_a_day"),
        ("March", "", "incident_begins_on_a_day"),
        ("2022-13", "", "incident_begins_on_a_day"),
        ("", "2022-03-32", "incident_ends_on_a_day"),
        ("2022-04", "2022-03-05", "incident_begins_before_it_ends"),
        ("2023", "2022-03", "incident_begins_before_it_ends"),
    ],
)
def test_the_database_takes_vague_days_and_nothing_else(viktor, begins, ends, constraint):
    make_incident(viktor)

    assert refused_by_the_database(begins=begins, ends=ends) == constraint


@pytest.mark.parametrize(
    "facts", [{"struck_reason": "why"}, {"struck_at": timezone.now()}, {"kind": "verdict"}, {"what": ""}]
)
def test_the_database_takes_no_half_struck_and_no_unknown_entry(viktor, facts):
    make_incident(viktor)

    assert refused_by_the_database(**facts).startswith("incident_")


def test_the_database_refuses_a_circle_of_units(viktor):
    army = make_unit(viktor, ARMY)
    brigade = make_unit(viktor, parent=army)
    with pytest.raises(IntegrityError, match="no part of itself"), transaction.atomic():
        Unit.objects.filter(pk=army.pk).update(parent=brigade)
    with pytest.raises(IntegrityError, match="no part of itself"), transaction.atomic():
        Unit.objects.filter(pk=army.pk).update(parent=army)

    assert dict(Unit.objects.values_list("name", "parent__name")) == {ARMY: None, BRIGADE: ARMY}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_changes_at_once_cannot_close_a_circle(viktor):
    one, other = make_unit(viktor, "1st Brigade"), make_unit(viktor, "2nd Brigade")
    refused = []

    def change(unit, parent, first):
        try:
            with transaction.atomic():
                Unit.objects.filter(pk=unit.pk).update(parent=parent)
                first.wait(2)
        except IntegrityError:
            refused.append(unit)
        finally:
            connection.close()

    gate = threading.Event()
    threads = [threading.Thread(target=change, args=(*pair, gate)) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1


def test_a_unit_is_changed_by_what_differs(viktor, recorded):
    unit = make_unit(viktor)
    edit_unit(unit=unit, changes={"spellings": ["64 ОМСБр"], "kind": "brigade"}, version=1, by=viktor)

    unit.refresh_from_db()
    assert (unit.spellings, unit.version) == (["64 ОМСБр"], 2)
    assert recorded() == ["vetting.unit_added", "vetting.unit_edited"]
    with pytest.raises(EntryChangedMeanwhile):
        edit_unit(unit=unit, changes={"kind": "army"}, version=1, by=viktor)
    with pytest.raises(UnitCircle):
        edit_unit(unit=unit, changes={"parent": unit}, version=2, by=viktor)


def test_a_unit_is_entered_once(viktor):
    make_unit(viktor, number="51460")
    for twice in ({"name": BRIGADE.upper()}, {"name": "Another", "number": "51460"}):
        with pytest.raises(UnitExists, match=BRIGADE):
            make_unit(viktor, **twice)


def test_merging_moves_everything_to_the_one_that_stays(viktor, recorded):
    army = make_unit(viktor, ARMY)
    kept = make_unit(viktor, number="51460")
    gone = make_unit(viktor, "64 ОМСБр", parent=army, spellings=["64 OMSBr"])
    part = make_unit(viktor, "2nd Battalion", parent=gone)
    both, moved = make_incident(viktor, kept, gone), make_incident(viktor, gone)
    merge_units(unit=gone, into=kept, by=viktor)

    kept.refresh_from_db()
    part.refresh_from_db()
    assert (kept.spellings, kept.parent, part.parent) == (["64 ОМСБр", "64 OMSBr"], army, kept)
    assert [list(one.units.all()) for one in (both, moved)] == [[kept], [kept]]
    assert not Unit.objects.filter(pk=gone.pk).exists()
    assert recorded()[-1] == "vetting.units_merged"
    with pytest.raises(EntryGone):
        merge_units(unit=gone, into=kept, by=viktor)


def test_a_unit_is_not_merged_with_what_it_is_a_part_of(viktor):
    army = make_unit(viktor, ARMY)
    brigade = make_unit(viktor, parent=army)
    for unit, into in ((army, brigade), (brigade, army), (army, army)):
        with pytest.raises(OneIsPartOfTheOther):
            merge_units(unit=unit, into=into, by=viktor)


def test_an_incident_is_kept_struck_and_read(viktor, recorded):
    unit = make_unit(viktor)
    incident = make_incident(viktor, unit)
    operations.edit_incident(
        incident=incident, changes={"ends": ""}, units=[], new_units=["38 омсбр"], version=1, by=viktor
    )
    incident.refresh_from_db()
    assert (incident.ends, incident.version) == ("", 2)
    assert [(str(one), one.kind) for one in incident.units.all()] == [("38 омсбр", "brigade")]
    with pytest.raises(EntryChangedMeanwhile):
        operations.edit_incident(incident=incident, changes={"ends": "2023"}, units=[], version=1, by=viktor)

    operations.strike_incident(incident=incident, reason="withdrawn by the source", by=viktor)
    incident.refresh_from_db()
    assert (incident.struck_by, incident.struck_reason) == (viktor, "withdrawn by the source")
    assert queries.register().incidents == []
    assert [one.pk for one in queries.incidents(Wanted(state="struck"))] == [incident.pk]
    with pytest.raises(EntryGone):
        operations.strike_incident(incident=incident, reason="again", by=viktor)
    assert recorded()[-2:] == ["vetting.incident_edited", "vetting.incident_struck"]


def test_a_source_stands_once(viktor):
    incident = make_incident(viktor)
    operations.add_source(incident=incident, facts={"text": "Another"}, by=viktor)
    with pytest.raises(SourceKnown):
        operations.add_source(incident=incident, facts={"text": "A report", "url": ADDRESS}, by=viktor)

    assert [str(one) for one in incident.sources.all()] == ["A report", "Another"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n..", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"<!DOCTYPE html><p>", "html"),
        ("\ufeff <!-- saved --><html>".encode(), "html"),
    ],
)
def test_a_copy_is_kept_with_its_hash_once(viktor, content, kind):
    source = make_incident(viktor).sources.get()
    for _time in range(2):
        operations.keep_copy(source=source, content=content, captured_at=None, by=viktor)

    [copy] = SourceCopy.objects.all()
    assert (copy.type, bytes(copy.content), copy.size) == (kind, content, len(content))
    assert (copy.sha256, copy.added_by) == (sha256(content).hexdigest(), viktor)


def test_a_copy_is_not_captured_tomorrow(viktor):
    source = make_incident(viktor).sources.get()
    tomorrow = timezone.now() + timedelta(days=1)

    copy = operations.keep_copy(source=source, content=PDF, captured_at=tomorrow, by=viktor)
    assert copy.captured_at <= timezone.now()


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"PK\x03\x04", b"text"]
)
def test_other_files_are_not_kept(viktor, content):
    source = make_incident(viktor).sources.get()
    with pytest.raises(CopyNotKept, match="Only PDF"):
        operations.keep_copy(source=source, content=content, captured_at=None, by=viktor)


def test_a_large_file_is_not_kept(viktor, settings):
    settings.UPLOAD_LIMIT = 10
    source = make_incident(viktor).sources.get()
    with pytest.raises(CopyNotKept, match="10 MB"):
        operations.keep_copy(source=source, content=PDF, captured_at=None, by=viktor)


def test_the_register_is_loaded_as_a_whole_whatever_is_looked_for(viktor, django_assert_num_queries):
    for number in range(3):
        make_incident(viktor, make_unit(viktor, f"{number}th Brigade"), what=f"Incident {number}")
    with django_assert_num_queries(3):
        known = queries.register()

    assert (len(known.units), len(known.incidents)) == (3, 3)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Bucha", "Izium"]),
        (Wanted(place="Буча"), ["Bucha"]),
        (Wanted(text="64th looting"), ["Bucha"]),
        (Wanted(text="nothing"), []),
        (Wanted(begins="2022-08"), ["Izium"]),
        (Wanted(ends="2022-04"), ["Bucha", "Izium"]),
        (Wanted(state="undated"), ["Izium"]),
        (Wanted(state="struck"), []),
    ],
)
def test_the_list_is_narrowed(viktor, wanted, found):
    make_incident(viktor, make_unit(viktor))
    make_incident(viktor, what="x", places=["Izium"], begins="", ends="")

    assert [one.places[0] for one in queries.incidents(wanted)] == found


def test_a_filter_by_unit_finds_the_incidents_of_its_parts(viktor):
    army = make_unit(viktor, ARMY)
    brigade = make_unit(viktor, parent=army)
    incident = make_incident(viktor, brigade)
    make_incident(viktor, make_unit(viktor, "38th Brigade"))

    assert [one.pk for one in queries.incidents(Wanted(unit=army.pk))] == [incident.pk]


def test_units_are_found_in_every_spelling_and_doubles_are_pointed_out(viktor):
    brigade = make_unit(viktor)
    double = make_unit(viktor, "64 бригада")
    make_unit(viktor, ARMY)

    assert {one.name for one in queries.units_named("64-я омсбр")} == {BRIGADE, "64 бригада"}
    assert [one.name for one in queries.units_named("arms")] == [ARMY]
    assert queries.perhaps_the_same(brigade) == [double]
