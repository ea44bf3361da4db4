"""Asking, approving, freezing and taking out, from both sides of each guard."""

import re
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.applicants.models import Applicant, StageChange, Tally
from cases.desk.models import Publication
from cases.desk.published import operations
from cases.desk.published.counting import count
from cases.desk.published.periods import Period, over, period_of
from cases.desk.published.queries import digest, figures_of, open_periods
from cases.desk.refusals import (
    AnsweredAlready,
    ApprovedByAnother,
    FiguresChanged,
    PeriodAsked,
    PeriodNotOver,
    PeriodTold,
)
from cases.staff.models import Announcement, random_id
from tests.desk.cases import TOKENS, change, take_in, take_in_many
from tests.scanner import leaks
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
QUARTER = Period(2026, 2)
MAY = datetime(2026, 5, 5, 12, tzinfo=UTC)


def asked(world, period=QUARTER, by="claire"):
    return operations.ask_figures(id=random_id(), period=period, by=world.people[by])


def approve(world, publication, by="dora", seen=None):
    seen = seen or digest(figures_of(publication.period))
    operations.approve_figures(publication=publication, seen=seen, by=world.people[by])
    publication.refresh_from_db()
    return publication


@pytest.fixture
def people(world):
    """Eight who came in May, of whom three were declined after the vetting in June."""
    world.cases = [take_in(world), *take_in_many(world, 7)]
    for one in world.cases:
        change(one, created_at=MAY)
    for one in world.cases[:3]:
        StageChange.objects.create(
            applicant=one,
            source="vetting",
            target="declined",
            by=world.people["viktor"],
            at=MAY.replace(month=6),
        )
        change(one, stage="declined")
    return world


def test_numbers_are_of_all_cases_and_of_those_that_were_erased(people):
    Tally.objects.create(
        category="contract",
        country="KZ",
        stage="arrived",
        stages=[["contact", "2026-04"], ["arrived", "2026-06"]],
    )
    Tally.objects.create(category="contract", country="KZ", stage="merged", stages=[["contact", "2026-05"]])

    counts = count(QUARTER)

    assert (counts["stage"]["phase_0"], counts["stage"]["ended"], counts["stage"]["phase_5"]) == (5, 3, 1)
    assert counts["country"] == {"KZ": 9}
    assert (counts["outcome"]["declined"], counts["refusal"]["vetting"]) == (3, 3)
    assert counts["arrival"]["months_0"] == 1


def test_an_erased_case_leaves_the_same_numbers(people):
    before = count(QUARTER)
    case = people.cases[0]
    Tally.objects.create(
        category=case.category,
        country=str(case.country),
        stage="declined",
        stages=[["vetting", "2026-05"], ["declined", "2026-06"]],
    )
    Applicant.objects.filter(pk=case.pk).update(stage="merged")  # stands for its deletion

    assert count(QUARTER) == before


def test_figures_are_frozen_when_they_are_approved(people, recorded):
    publication = approve(people, asked(people))
    change(people.cases[3], country="AM")

    told = publication.tables
    assert told == {
        "stage": {**dict.fromkeys([f"phase_{place}" for place in range(1, 8)]), "phase_0": 5, "ended": None},
        "country": {"KZ": 10},
        "outcome": None,
        "arrival": None,
        "refusal": None,
        "why": None,
    }
    assert figures_of(QUARTER) != told
    page = visit(people, "olga").get(publication.get_absolute_url()).content.decode()
    assert "fewer than 5" in page
    assert leaks([*TOKENS, "Lotus 47"], page) == []
    assert [row[1:] for row in recorded("desk.figures_asked", "desk.figures_approved")] == [
        ("desk.figures_asked", "2026-Q2"),
        ("desk.figures_approved", f"2026-Q2, digest {digest(told)}"),
    ]


@pytest.mark.parametrize(
    "values", [{"tables": {}}, {"ends": "2026-07-31"}, {"answer": "refused", "tables": None}]
)
def test_the_database_keeps_what_was_approved(people, values):
    publication = approve(people, asked(people))

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        publication.delete()


def test_the_database_takes_no_figures_that_nobody_asked_for(world):
    claire, dora = world.people["claire"], world.people["dora"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            code="2026-Q1",
            starts="2026-01-01",
            ends="2026-03-31",
            asked_by=claire,
            answer="approved",
            answered_by=dora,
            answered_at=MAY,
            tables={},
        )


@pytest.mark.parametrize(
    ("told", "wanted"), [("2026-Q2", "2026"), ("2026", "2026-Q2"), ("2026-Q2", "2026-Q2")]
)
def test_no_day_is_told_twice(world, told, wanted, monkeypatch):
    monkeypatch.setattr(operations.timezone, "localdate", lambda: datetime(2027, 2, 1).date())
    later = Publication.objects.create(
        code=wanted,
        starts=period_of(wanted).starts,
        ends=period_of(wanted).ends,
        asked_by=world.people["olga"],
    )
    first = later if told == wanted else asked(world, period_of(told))
    approve(world, first)

    with pytest.raises(PeriodTold):
        asked(world, period_of(wanted))
    if later != first:
        with pytest.raises(PeriodTold):
            approve(world, later)
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.filter(pk=later.pk).update(
                answer="approved", answered_by=world.people["dora"], answered_at=MAY, tables={}
            )


def test_quarters_beside_each_other_are_told(world):
    for quarter in (1, 2, 3):
        approve(world, asked(world, Period(2026, quarter)))

    assert {one.code for one in open_periods()} & {"2026-Q1", "2026-Q2", "2026-Q3", "2026"} == set()
    assert "2025" in {one.code for one in open_periods()}


def test_a_period_is_asked_for_once_and_when_it_is_over(world, monkeypatch):
    asked(world)
    with pytest.raises(PeriodAsked):
        asked(world, by="olga")
    monkeypatch.setattr(operations.timezone, "localdate", lambda: datetime(2026, 9, 30).date())
    with pytest.raises(PeriodNotOver):
        asked(world, Period(2026, 3))
    monkeypatch.setattr(operations.timezone, "localdate", lambda: datetime(2026, 10, 1).date())
    assert asked(world, Period(2026, 3)).code == "2026-Q3"


def test_the_same_id_again_is_answered_alike(world):
    id = random_id()
    first, again = (
        operations.ask_figures(id=id, period=QUARTER, by=world.people["claire"]) for _time in range(2)
    )

    assert (first, Publication.objects.count()) == (again, 1)


def test_another_than_who_asked_approves(world):
    publication = asked(world, by="dora")

    with pytest.raises(ApprovedByAnother):
        approve(world, publication)
    publication.refresh_from_db()
    assert publication.answer == ""


def test_what_is_approved_is_what_was_seen(people):
    publication = asked(people)
    seen = digest(figures_of(QUARTER))
    for one in people.cases[:6]:
        change(one, country="AM")

    with pytest.raises(FiguresChanged):
        approve(people, publication, seen=seen)
    client = visit(people, "dora")
    answer = client.post(reverse("desk:publication_approve", args=[publication.pk]), {"seen": seen})
    assert answer.status_code == 422
    now = re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]
    assert now == digest(figures_of(QUARTER))
    client.post(reverse("desk:publication_approve", args=[publication.pk]), {"seen": now})
    publication.refresh_from_db()
    assert publication.answer == "approved"


def test_who_asked_withdraws_and_the_director_refuses(world):
    own, other = asked(world), asked(world, Period(2026, 1))
    visit(world, "claire").post(reverse("desk:publication_refuse", args=[own.pk]))
    visit(world, "dora").post(reverse("desk:publication_refuse", args=[other.pk]))

    found = dict(Publication.objects.values_list("code", "answer"))
    assert found == {"2026-Q2": "withdrawn", "2026-Q1": "refused"}
    codes = list(Announcement.objects.values_list("code", "to__username"))
    assert codes.count(("figures_refused", "claire")) == 1
    with pytest.raises(AnsweredAlready):
        operations.refuse_figures(publication=own, by=world.people["claire"])


def test_only_approved_figures_are_taken_out(people, recorded):
    publication = asked(people)
    address = reverse("desk:publication_csv", args=[publication.pk])
    assert visit(people, "claire").get(address).status_code == 404
    assert visit(people, "dora").get(address).status_code == 404

    approve(people, publication)
    answer = visit(people, "claire").get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="figures-2026-Q2.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        '"period","table","row","people"',
        '"2026-Q2","People who came to us, by where they stood at the end","Contact","5"',
        '"2026-Q2","People who came to us, by where they stood at the end","Intake","fewer than 5"',
    ]
    assert '"2026-Q2","People who came to us, by country","Kazakhstan","10"' in lines
    assert '"2026-Q2","Cases that ended, by outcome","","Not told: too few people."' in lines
    assert [row[2] for row in recorded("desk.figures_taken")] == ["2026-Q2 as csv"]


def test_nobody_but_the_director_sees_figures_before_they_are_approved(people):
    publication = asked(people)
    own = visit(people, "claire").get(publication.get_absolute_url()).content.decode()
    shown = (
        visit(people, "dora").get(reverse("desk:publication_approve", args=[publication.pk])).content.decode()
    )

    assert "chart-bar" not in own
    assert "chart-bar" in shown
    assert (
        visit(people, "claire").get(reverse("desk:publication_approve", args=[publication.pk])).status_code
        == 403
    )


def test_a_period_that_does_not_exist_is_refused_beside_the_field(world):
    answer = visit(world, "claire").post(
        reverse("desk:publication_ask"), {"new_id": str(random_id()), "period": "2026-Q9"}
    )

    assert answer.status_code == 422
    assert "id_period_error" in answer.content.decode() or "error_1_id_period" in answer.content.decode()
    assert Publication.objects.count() == 0


def test_asking_by_the_page(world):
    answer = visit(world, "claire").post(
        reverse("desk:publication_ask"), {"new_id": str(random_id()), "period": "2026-Q2"}
    )

    publication = Publication.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, publication.get_absolute_url())
    assert (publication.code, publication.asked_by) == ("2026-Q2", world.people["claire"])
    assert Announcement.objects.filter(code="figures_asked", to=world.people["dora"]).exists()


def test_periods_have_their_days():
    assert [str(day) for day in (Period(2026, 4).starts, Period(2026, 4).ends)] == [
        "2026-10-01",
        "2026-12-31",
    ]
    assert [str(day) for day in (Period(2026, 0).starts, Period(2026, 0).ends)] == [
        "2026-01-01",
        "2026-12-31",
    ]
    assert [str(day) for day in (Period(2028, 1).starts, Period(2028, 1).ends)] == [
        "2028-01-01",
        "2028-03-31",
    ]
    assert [one.code for one in over(datetime(2026, 7, 1).date())][:3] == ["2026-Q2", "2026-Q1", "2025"]
