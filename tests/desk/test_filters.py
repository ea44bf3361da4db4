from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.desk.filters import RegisterFilter
from cases.desk.queries.register import register_for
from tests.desk.cases import change, set_task, take_in

pytestmark = pytest.mark.django_db


def found(world, query, name="claire"):
    wanted = RegisterFilter(QueryDict(query), register_for(world.people[name]))
    assert wanted.is_valid(), wanted.errors
    return sorted(wanted.qs.values_list("pseudonym", flat=True))


@pytest.fixture
def cases(world):
    """Three cases that differ in everything one can filter by."""
    lotus = take_in(world, "Lotus 47", languages=["ru", "fr"], urgency=4)
    take_in(world, "Piano 12", country="AM", category="conscript", stage="vetting", owner="ana", identity={})
    rondo = take_in(
        world,
        "Rondo 33",
        country="",
        category="child",
        stage="vetting_hold",
        identity={"name": "Лада", "birth_date": "2020-01-05"},
    )
    change(rondo, owner=None, team=None)
    set_task(world, lotus, days=-1)
    return world


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Lotus Piano Rondo"),
        ("stage=vetting", "Piano"),
        ("stage=phase-vetting", "Piano Rondo"),
        ("stage=contact", "Lotus"),
        ("urgency=4", "Lotus"),
        ("country=AM", "Piano"),
        ("category=child", "Rondo"),
        ("language=fr", "Lotus"),
        ("age=20-44", "Lotus"),
        ("owner=null", "Rondo"),
        ("team=null", "Rondo"),
        ("attention=overdue", "Lotus"),
        ("attention=thin", ""),
        ("country=KZ&urgency=4&language=ru", "Lotus"),
        ("country=KZ&urgency=1", ""),
        ("unknown=1", "Lotus Piano Rondo"),
    ],
)
def test_a_filter_leaves_what_it_says(cases, query, expected):
    assert [one.split()[0] for one in found(cases, query)] == expected.split()


def test_owner_and_team_are_chosen_by_their_number(cases):
    people = cases.people

    assert found(cases, f"owner={people['ana'].pk}") == ["Piano 12"]
    assert found(cases, f"owner={people['claire'].pk}") == ["Lotus 47"]
    assert found(cases, f"team={cases.team.pk}") == ["Lotus 47", "Piano 12"]


def test_a_band_that_somebody_has_grown_out_of_is_not_found(cases):
    rondo = Applicant.objects.get(pseudonym="Rondo 33")
    change(rondo, age_band="0-5", next_age_threshold="2020-01-01")

    assert found(cases, "age=0-5") == []
    assert found(cases, "age=6-13") == ["Rondo 33"]


def test_a_deadline_that_has_passed_is_overdue_from_the_next_day(cases):
    piano = Applicant.objects.get(pseudonym="Piano 12")
    piano.deadlines.update(due_at=timezone.now() - timedelta(days=1))

    assert found(cases, "attention=overdue") == ["Lotus 47", "Piano 12"]
    piano.deadlines.update(due_at=timezone.localtime().replace(hour=0, minute=0, second=0))
    assert found(cases, "attention=overdue") == ["Lotus 47"]


def test_a_finished_task_is_not_overdue(cases):
    lotus = Applicant.objects.get(pseudonym="Lotus 47")
    lotus.tasks.update(done_at=timezone.now(), done_by=cases.people["claire"])

    assert found(cases, "attention=overdue") == []


def test_a_name_with_one_holder_needs_attention(cases):
    cases.team.holders.clear()
    take_in(cases, "Tango 21")
    take_in(cases, "Tango 22", identity={})

    assert found(cases, "attention=thin") == ["Tango 21"]


def test_a_guest_is_no_second_holder(cases):
    lotus = Applicant.objects.get(pseudonym="Lotus 47")
    lotus.identity_safe.grants.filter(user=cases.people["ana"]).update(firm=True)

    assert found(cases, "attention=thin") == ["Lotus 47"]


@pytest.mark.parametrize("query", ["", "owner=null", "attention=overdue", "stage=phase-vetting"])
def test_no_filter_shows_more_than_one_may_see(cases, query):
    assert found(cases, query, name="olga") == []


def test_the_summary_for_the_log_holds_codes_and_nothing_else(cases):
    wanted = RegisterFilter(
        QueryDict(f"q=Зимородков&country=KZ&team={cases.team.pk}"), Applicant.objects.all()
    )

    assert wanted.is_valid()
    assert wanted.summary == f"state=open country=KZ team={cases.team.pk}"
