"""The cut of `make canary` that runs with all tests: six people, three scans, ten kinds of visitor at every address."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cases.applicants.models import Applicant
from cases.disclosures.models import Export
from tests.canary import database, errors, openings, visits
from tests.canary.answers import SINKS
from tests.canary.people import VISITORS, let_in
from tests.canary.spellings import ALL
from tests.canary.tokens import token

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
READER = next(visitor for visitor in VISITORS if visitor.may_read)
BEHIND_THE_PANEL = ("administrator and superuser", "anonymous")


def wanted_by(visitor):
    """Pages of the panel refuse everybody else at one door, which `tests/staff` looks at."""
    return lambda route: not route.is_admin or visitor.name in BEHIND_THE_PANEL


def test_there_are_ten_kinds_of_visitor():
    assert len(VISITORS) == 10


def test_no_page_names_anybody_to_who_may_not_read(world, search):
    read = set()
    with errors.listening() as text:
        for number, visitor in enumerate(VISITORS):
            visit = visits.Visit(search, world, visitor, world.rows[number % 3])
            read |= set(visit.go(methods=("GET", "POST"), wanted=wanted_by(visitor), brief=True).read)
        errors.look_at_mail_and_log(search, text)
    database.look_at_rows(search)

    assert search.leaks == []
    assert search.sinks["HTML"].places > 2000
    assert read >= visits.MUST_OPEN
    # The reader took an export along; in its answer, which holds the file, nothing was found.
    assert Export.objects.get(pk=world.rows[0].export.pk).state == Export.State.COLLECTED


def test_what_is_planted_in_answers_is_found(search):
    visits.plant_in_pages(search)

    assert set(search.sinks) == set(SINKS)
    assert search.missed == []


def test_a_name_in_the_clear_part_of_a_case_is_a_leak(world, search):
    """The visitor's way itself: what leaks in a page of the program is found and attributed."""
    Applicant.objects.filter(pk=world.cases[2].pk).update(pseudonym=token(2, "family_name"))
    visit = visits.Visit(search, world, VISITORS[4], world.rows[2])
    visit.go(methods=("GET",), wanted=lambda route: route.name == "applicants:detail")

    assert search.leaks
    assert all("person 2, family_name" in leak for leak in search.leaks)


def test_who_may_read_reads_everything_each_time_after_one_row(world):
    client = Client()
    let_in(world, client, world.visitors[READER.name], unlocked=True)
    opened = [(rows, what) for rows in world.rows for what in openings.OPENINGS]

    assert [fault for rows, what in opened for fault in openings.faults_of(client, rows, what)] == []
    assert len(opened) == 21


def test_an_opening_without_its_row_is_a_fault(world, monkeypatch):
    client = Client()
    let_in(world, client, world.visitors[READER.name], unlocked=True)
    monkeypatch.setattr("cases.vault.operations.opening.record", lambda *arguments, **more: None)

    assert openings.faults_of(client, world.rows[0], openings.names_of) == [
        "names_of, person 0: 0 audit rows",
        "names_of, person 0: decrypted before its audit row was committed",
    ]


def test_no_error_repeats_what_it_is_about(world, search):
    with errors.listening() as text:
        about_a_case = lambda route: "applicant_id" in route.text  # noqa: E731
        forced = errors.force_errors(search, world, READER, world.rows[0], wanted=about_a_case)
        errors.look_at_mail_and_log(search, text)
        errors.plant(search, text)

    assert forced > 60
    assert search.leaks == []
    assert [search.sinks[name].planted for name in (errors.MAIL, errors.LOG, errors.PAGE)] == [len(ALL)] * 3
    assert [sink.missed for sink in search.sinks.values() if sink.missed] == []


def test_dumps_hold_no_name_and_would_show_one(world, search, tmp_path):
    database.look_at_dumps(search, tmp_path)
    database.plant_in_dumps(search, tmp_path)

    assert (search.leaks, search.missed) == ([], [])


def test_sessions_jobs_and_log_hold_no_name_and_would_show_one(world, search):
    let_in(world, Client(), world.visitors[READER.name], unlocked=True)
    database.look_at_rows(search)
    database.plant_in_rows(search)

    assert Session.objects.exists()
    assert (search.leaks, search.missed) == ([], [])
