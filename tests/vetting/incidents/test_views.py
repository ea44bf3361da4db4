"""The pages of the register: who gets in, what they show, what they say to a mistake."""

from datetime import date

import pytest
from django.urls import reverse

from cases.staff.models import random_id
from cases.staff.roles import Role
from cases.vetting.models import Incident, IncidentSource, Unit
from cases.vetting.operations.incidents import edit_incident, keep_copy, strike_incident
from cases.vetting.operations.units import edit_unit
from tests.staff.factories import make_person
from tests.vetting.incidents.making import ARMY, BRIGADE, make_incident, make_unit

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_HX_REQUEST": "true"}
READING = ["incidents", "incident_add", "incident_import", "units", "unit_add"]
FORMS = ["incident_edit", "incident_strike", "source_add"]


def url(name, *about):
    return reverse(f"vetting:{name}", args=[getattr(one, "pk", one) for one in about])


def typed(**fields):
    values = {
        "new_id": str(random_id()),
        "what": "Looting of houses",
        "kind": "looting",
        "begins": "3.2022",
        "places": "Bucha\nБуча",
        "country": "UA",
        "units": BRIGADE,
        "text": "A report",
        "url": "https://example.org/report",
    }
    return values | fields


@pytest.fixture
def incident(viktor):
    return make_incident(viktor, make_unit(viktor))


@pytest.fixture
def all_urls(incident):
    [unit], source = incident.units.all(), incident.sources.get()
    copy = keep_copy(source=source, content=b"%PDF-1", captured_at=None, by=source.added_by)
    return [
        *(url(name) for name in READING),
        *(url(name, incident) for name in ["incident", *FORMS]),
        *(url(name, unit) for name in ("unit", "unit_edit", "unit_merge")),
        url("copy_add", incident, source),
        url("copy", copy),
        url("incident_import_progress", random_id()),
    ]


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.AUDITOR, Role.ADMINISTRATOR, None])
def test_only_who_vets_gets_in(client, all_urls, role):
    client.force_login(make_person("somebody", [role] if role else []))

    assert {client.get(one).status_code for one in all_urls} == {403}


def test_who_vets_gets_every_page(inside, all_urls):
    assert {one: inside.get(one).status_code for one in all_urls} == dict.fromkeys(all_urls, 200)


def test_nobody_gets_in_without_a_login(client, all_urls):
    assert {client.get(one).status_code for one in all_urls} == {302}


@pytest.mark.parametrize(
    "name",
    ["incident", "incident_edit", "incident_strike", "source_add", "unit", "unit_edit", "unit_merge", "copy"],
)
def test_what_does_not_exist_is_not_found(inside, name):
    assert inside.get(url(name, random_id())).status_code == 404


@pytest.mark.parametrize("name", ["incidents", "units"])
def test_a_list_takes_no_post(inside, name):
    assert inside.post(url(name)).status_code == 405


def test_the_list_shows_and_narrows(inside, incident):
    make_incident(incident.created_by, what="Shelling", places=["Kharkiv"])
    page = inside.get(url("incidents"), {"place": "Буча"}).content.decode()

    assert "Looting of houses" in page
    assert "Shelling" not in page
    assert "March 2022" in page
    assert BRIGADE in page


def test_a_filter_with_a_wrong_value_is_said(inside, incident):
    answer = inside.get(url("incidents"), {"begins": "spring"})

    assert answer.status_code == 400
    assert "This filter has a value that does not exist" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_needs_no_more_queries(inside, viktor, django_assert_num_queries, number):
    for place in range(number):
        make_incident(viktor, make_unit(viktor, f"{place}th Brigade"), what=f"x {place}")
    inside.get(url("incidents"))
    with django_assert_num_queries(13):
        inside.get(url("incidents"))


def test_an_incident_is_added_with_its_source(inside, viktor):
    unit = make_unit(viktor)
    values = typed(units="64-я омсбр\n5 отбр", add_units="on", dated_on="3.6.2022")
    answer = inside.post(url("incident_add"), values, **FETCH)

    made = Incident.objects.get()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("incident", made))
    assert (made.begins, made.ends, made.places, made.created_by) == (
        "2022-03",
        "",
        ["Bucha", "Буча"],
        viktor,
    )
    assert {one.name for one in made.units.all()} == {unit.name, "5 отбр"}
    source = made.sources.get()
    assert (source.text, source.dated_on) == ("A report", date(2022, 6, 3))
    assert inside.post(url("incident_add"), values, **FETCH).status_code == 204
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"what": ""}, "This field is required."),
        ({"text": ""}, "This field is required."),
        ({"begins": "spring 2022"}, "Write 5.3.2022, or 3.2022 or 2022 where no more is known."),
        ({"begins": "1822"}, "This year cannot be right."),
        ({"ends": "2.2022"}, "This lies before the beginning."),
        ({"units": "999 мсп"}, "The register does not have: 999 мсп."),
        ({"units": "64"}, "can mean several units"),
        ({"units": "", "places": ""}, "Name a unit or a place: without both it could never be met."),
        ({"places": "x" * 121}, "is longer than 120 characters."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"verified_on": "1.1.2999"}, "This"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(inside, viktor, fields, said):
    make_unit(viktor)
    make_unit(viktor, "64th Tank Regiment")
    answer = inside.post(
        url("incident_add"),
        typed(**{"region": "Kyiv Oblast" if "places" not in fields else ""} | fields),
        **FETCH,
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert "https://example.org/report" in page or "url" in fields
    assert not Incident.objects.exists()


def test_an_incident_is_changed(inside, incident):
    form = inside.get(url("incident_edit", incident)).context["form"]
    values = {name: form[name].value() for name in form.fields} | {"ends": "31.3.2022", "add_units": ""}
    answer = inside.post(url("incident_edit", incident), {k: v for k, v in values.items() if v}, **FETCH)

    incident.refresh_from_db()
    assert answer.status_code == 204
    assert (incident.ends, incident.version, [str(one) for one in incident.units.all()]) == (
        "2022-03-31",
        2,
        [BRIGADE],
    )


def test_what_a_colleague_changed_meanwhile_is_said_and_nothing_typed_is_lost(inside, viktor, incident):
    form = inside.get(url("incident_edit", incident)).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {"what": "Mine", "add_units": ""}
    edit_incident(
        incident=incident,
        changes={"what": "Theirs", "region": "Kyiv Oblast"},
        units=[one.pk for one in incident.units.all()],
        version=1,
        by=viktor,
    )
    answer = inside.post(url("incident_edit", incident), values, **FETCH)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "A colleague changed this entry while you were writing." in page
    assert "Now saved: Theirs." in page
    shown = answer.context["form"]
    assert (shown["what"].value(), shown["region"].value()) == ("Mine", "Kyiv Oblast")
    again = {name: shown[name].value() or "" for name in shown.fields}
    assert inside.post(url("incident_edit", incident), again, **FETCH).status_code == 204
    incident.refresh_from_db()
    assert (incident.what, incident.region) == ("Mine", "Kyiv Oblast")


def test_striking_out_needs_a_reason_and_is_said(inside, incident):
    assert inside.post(url("incident_strike", incident), {"reason": ""}, **FETCH).status_code == 422
    assert (
        inside.post(url("incident_strike", incident), {"reason": "entered twice"}, **FETCH).status_code == 204
    )
    page = inside.get(url("incident", incident)).content.decode()

    assert "entered twice" in page
    assert url("incident_edit", incident) not in page
    assert "Looting of houses" not in inside.get(url("incidents")).content.decode()
    assert "Looting of houses" in inside.get(url("incidents"), {"state": "struck"}).content.decode()


def test_a_struck_incident_is_not_changed(inside, viktor, incident):
    strike_incident(incident=incident, reason="twice", by=viktor)
    answer = inside.post(url("source_add", incident), {"text": "More"}, **FETCH)

    assert answer.status_code == 422
    assert "A colleague struck this entry out" in answer.content.decode()


def test_a_source_is_added_and_a_double_refused(inside, incident):
    values = {"text": "Another report", "archive_url": "https://web.example.org/x"}
    assert inside.post(url("source_add", incident), values, **FETCH).status_code == 204
    answer = inside.post(url("source_add", incident), values, **FETCH)

    assert (answer.status_code, IncidentSource.objects.count()) == (422, 2)
    assert "This source stands here already." in answer.content.decode()


def test_a_copy_is_given_out_for_download_alone(inside, viktor, incident):
    script = b"<html><script>alert(1)</script>"
    copy = keep_copy(source=incident.sources.get(), content=script, captured_at=None, by=viktor)
    answer = inside.get(url("copy", copy))

    assert answer.content == script
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="copy-{copy.sha256[:12]}.html"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_no_copy_is_refused_beside_the_field(inside, incident):
    from django.core.files.uploadedfile import SimpleUploadedFile

    where = url("copy_add", incident, incident.sources.get())
    good, bad = SimpleUploadedFile("x.bin", b"%PDF-1"), SimpleUploadedFile("report.pdf", b"MZ")
    refused = inside.post(where, {"file": bad}, **FETCH)

    assert refused.status_code == 422
    assert refused.context["form"].errors["file"] == [
        "Only PDF, HTML, PNG and JPEG files are kept. Save the page in one of these forms."
    ]
    assert inside.post(where, {"file": good, "captured_at": "1.2.2026"}, **FETCH).status_code == 204
    [copy] = incident.sources.get().copies.all()
    assert copy.captured_at.date() <= date(2026, 2, 1)


def test_a_unit_is_added_and_a_double_refused(inside, viktor):
    army = make_unit(viktor, ARMY)
    values = {
        "name": BRIGADE,
        "number": "51460",
        "kind": "brigade",
        "parent": str(army.pk),
        "spellings": "64 ОМСБр",
    }
    assert inside.post(url("unit_add"), values, **FETCH).status_code == 204
    unit = Unit.objects.get(name=BRIGADE)
    assert (unit.number, unit.parent, unit.spellings) == ("51460", army, ["64 ОМСБр"])

    again = inside.post(url("unit_add"), values, **FETCH)
    assert again.status_code == 422
    assert again.context["form"].errors["name"] == [f"The register has this unit already: {BRIGADE}."]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name": ""}, "name"), ({"number": "в/ч 1"}, "number"), ({"parent": "x"}, "parent")],
)
def test_a_wrong_unit_is_said_beside_the_field(inside, fields, field):
    answer = inside.post(url("unit_add"), {"name": BRIGADE, "kind": "brigade"} | fields, **FETCH)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_unit_that_would_be_part_of_its_part_is_refused(inside, viktor):
    army = make_unit(viktor, ARMY)
    brigade = make_unit(viktor, parent=army)
    values = {"name": ARMY, "kind": "army", "parent": str(brigade.pk), "version": 1}
    answer = inside.post(url("unit_edit", army), values, **FETCH)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["parent"]


def test_a_unit_changed_meanwhile_is_said(inside, viktor):
    unit = make_unit(viktor)
    form = inside.get(url("unit_edit", unit)).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {"spellings": "64 ОМСБр"}
    edit_unit(unit=unit, changes={"number": "51460"}, version=1, by=viktor)
    answer = inside.post(url("unit_edit", unit), values, **FETCH)

    shown = answer.context["form"]
    assert answer.status_code == 422
    assert (shown["spellings"].value(), shown["number"].value()) == ("64 ОМСБр", "51460")


def test_merging_shows_first_what_will_change(inside, viktor):
    kept, gone = make_unit(viktor), make_unit(viktor, "64 бригада")
    make_incident(viktor, gone, what="Looting of shops")
    assert url("unit_merge", gone) in inside.get(url("unit", gone)).content.decode()
    page = inside.get(url("unit_merge", gone), {"into": kept.pk}).content.decode()

    assert "Looting of shops" in page
    assert Unit.objects.count() == 2
    answer = inside.post(url("unit_merge", gone), {"into": kept.pk}, **FETCH)
    assert (answer["HX-Redirect"], list(Unit.objects.all())) == (url("unit", kept), [kept])


def test_merging_into_a_parent_is_refused(inside, viktor):
    army = make_unit(viktor, ARMY)
    brigade = make_unit(viktor, parent=army)
    shown = inside.get(url("unit_merge", army), {"into": brigade.pk}).content.decode()
    answer = inside.post(url("unit_merge", brigade), {"into": army.pk}, **FETCH)

    assert "One of these units is a part of the other" in shown
    assert "What will change" not in shown
    assert answer.status_code == 422
    assert "One of these units is a part of the other" in answer.content.decode()


def test_the_registers_are_reached_from_the_cases_in_vetting(inside):
    page = inside.get(reverse("vetting:list")).content.decode()

    assert url("incidents") in page
    assert url("units") in page
