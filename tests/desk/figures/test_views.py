import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants.models import StageChange
from cases.desk.figures import queries
from cases.desk.figures.charts import TOP, WIDTH, Chart, Figure
from cases.desk.queries.register import register_for
from tests.desk.cases import TOKENS, change, questions, take_in, take_in_many
from tests.scanner import leaks
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/figures/"


def ago(days):
    return timezone.now() - timedelta(days=days)


def stood(world, applicant, *stages):
    """The case went through these stages, each with the number of days ago at which it began; the first at registration."""
    (first, registered), *rest = stages
    source = first
    for target, days in rest:
        StageChange.objects.create(
            applicant=applicant, source=source, target=target, by=world.people["claire"], at=ago(days)
        )
        source = target
    change(applicant, created_at=ago(registered), stage=source, stage_since=ago(stages[-1][1]))


@pytest.fixture
def cases(world):
    lotus, piano, rondo = (take_in(world, name) for name in ("Lotus 47", "Piano 12", "Rondo 33"))
    stood(world, lotus, ("contact", 100), ("intake", 90), ("vetting", 70))
    stood(world, piano, ("contact", 20), ("intake", 0))
    stood(world, rondo, ("contact", 400), ("withdrawn", 370))
    change(piano, country="AM", category="partner", owner=None, last_contact_on=timezone.localdate())
    change(rondo, country="")
    world.cases = [lotus, piano, rondo]
    return world


def seen(world, name="claire"):
    return register_for(world.people[name])


def tables(answer):
    """The rows of each table of the page."""
    page = answer.content.decode()
    found = {}
    for name, body in re.findall(r'id="chart-(\w+)".*?<tbody>(.*?)</tbody>', page, re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
        found[name] = [
            [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
        ]
    return found


def test_the_figures_are_counted(cases):
    found = queries.totals(seen(cases))

    assert (found.people, found.new, found.silent, found.unowned) == (3, 1, 1, 1)
    assert queries.by(seen(cases), "country") == {"": 1, "AM": 1, "KZ": 1}
    assert queries.waiting(seen(cases)) == [0, 1, 0, 1, 0, 0]


def test_time_in_a_stage_begins_with_registration_and_ends_with_the_next_change(cases):
    found = queries.stays_ended(seen(cases))

    assert {stage: (one.number, round(one.half), round(one.most)) for stage, one in found.items()} == {
        "contact": (3, 20, 28),
        "intake": (1, 20, 20),
    }
    now = queries.stays_so_far(seen(cases))
    assert {stage: (one.number, round(one.half)) for stage, one in now.items()} == {
        "intake": (1, 0),
        "vetting": (1, 70),
    }


def test_the_page_shows_each_chart_with_its_table(cases):
    answer = visit(cases, "claire").get(URL)
    found = tables(answer)

    assert answer.status_code == 200
    assert found["stage"] == [["Intake", "1", "50 %"], ["Vetting", "1", "50 %"]]
    assert found["country"] == [["Armenia", "1", "50 %"], ["Kazakhstan", "1", "50 %"]]
    assert found["category"] == [["Contract soldier", "1", "50 %"], ["Partner", "1", "50 %"]]
    assert found["waiting"][1] == ["1 week to 1 month", "1", "50 %"]
    # Closed cases count here, although the list shows none.
    assert found["time"][0] == ["First contact", "3", "20 days", "28 days", "0", "–"]
    assert answer.content.decode().count('<svg class="chart"') == 5
    assert leaks(TOKENS, answer.content) == []


def test_a_row_leads_to_the_list_of_its_cases(cases):
    page = visit(cases, "claire").get(URL, {"category": "partner"}).content.decode()
    [link] = re.findall(r'href="(/cases/\?[^"]*stage=intake[^"]*)"', page)
    listed = visit(cases, "claire").get(link.replace("&amp;", "&")).content.decode()

    assert "Piano 12" in listed
    assert "Lotus 47" not in listed


@pytest.mark.parametrize(("name", "people"), [("claire", 2), ("viktor", 2), ("olga", 0), ("dora", 0)])
def test_only_what_is_shared_is_counted(cases, name, people):
    answer = visit(cases, name).get(URL)

    assert answer.context["totals"].people == people
    assert ("Nothing to count" in answer.content.decode()) == (people == 0)
    assert queries.stays_ended(seen(cases, "olga")) == {}


def test_the_filter_of_the_list_counts(cases):
    client = visit(cases, "claire")

    assert client.get(URL, {"country": "AM"}).context["totals"].people == 1
    assert client.get(URL, {"state": "all"}).context["totals"].people == 3
    answer = client.get(URL, {"country": "XX"})
    assert (answer.status_code, answer.context["totals"].people) == (400, 0)
    assert "This filter has a value that does not exist" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    take_in_many(world, number)

    assert questions(visit(world, "claire"), URL) == 17


@pytest.mark.parametrize(
    ("name", "status"), [("claire", 200), ("dora", 200), ("paul", 403), ("mira", 403), ("root", 403)]
)
def test_the_door(world, name, status):
    assert visit(world, name).get(URL).status_code == status
    assert visit(world, "claire").post(URL).status_code == 405


def test_the_longest_bar_leaves_room_for_its_number_and_the_shortest_is_seen():
    rows = [
        Figure("a", 1000, "1000"),
        Figure("b", 1, "1"),
        Figure("c", 0, "0"),
        Figure("d", 100, "", most=2000),
    ]
    bars = Chart("x", "x", [], rows).bars

    assert [bar.length for bar in bars] == [172, 2, 0, 17]
    assert [bar.line for bar in bars] == [0, 0, 0, 344]
    assert all(bar.after <= WIDTH - 50 for bar in bars)
    assert bars[0].y == TOP


def test_nothing_at_all_is_no_chart_of_length_zero():
    assert Chart("x", "x", [], [Figure("a", 0, "0")]).bars[0].length == 0
