"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.alarms.models import Alarm
from cases.applicants.models import Applicant, Deadline, Note
from cases.applicants.operations import move_stage
from cases.applicants.refusals import StageBlocked
from cases.journeys import operations, queries
from cases.journeys.forms import moment
from cases.journeys.models import Leg, Place
from cases.journeys.refusals import AnotherMustSay, Elsewhere, ExitUnchecked, NoTicket, NotOnThisCase, TooSoon
from cases.staff.models import random_id
from tests.documents.paper_factories import make_paper
from tests.journeys.making import LANDS, LEAVES, leg_facts, make_leg

pytestmark = pytest.mark.django_db


def at(applicant, stage):
    Applicant.objects.filter(pk=applicant.pk).update(stage=stage)
    applicant.refresh_from_db()


def stage_of(applicant):
    applicant.refresh_from_db()
    return applicant.stage


def arrive(leg, met_by, by, when=LANDS):
    return operations.confirm_arrival(leg=leg, met_by=met_by, met_at=when, by=by)


def open_deadlines(applicant):
    found = Deadline.objects.filter(applicant=applicant, rule__startswith="journeys.", met_at=None)
    return {one.rule: one.due_at for one in found}


class TestPlanning:
    def test_the_same_sending_again_plans_nothing_twice(self, applicant, work, recorded):
        same = random_id()
        one, again = (make_leg(applicant, by=work.olga, id=same) for _time in range(2))

        assert one == again
        assert recorded()[-1] == "journeys.planned"
        assert not one.papers.exists()

    def test_hours_are_told_by_the_clock_of_each_place(self, applicant, work):
        leg = make_leg(applicant, by=work.olga)

        assert f"{leg.departs_there:%H:%M %z}" == "09:40 +0500"
        assert f"{leg.arrives_there:%H:%M %z}" == "12:05 +0100"

    def test_who_goes_along_sees_the_case(self, applicant, work):
        make_leg(applicant, by=work.olga, escort=work.tim, host=work.tim)
        for role in ("escort", "host"):
            with pytest.raises(NotOnThisCase):
                make_leg(applicant, by=work.olga, **{role: work.nina})

    def test_a_booked_ticket_moves_the_case_and_one_that_is_not_leaves_it(self, applicant, work):
        at(applicant, "approved")
        leg = make_leg(applicant, by=work.olga, ticket_booked=False)
        assert stage_of(applicant) == "approved"
        operations.change_leg(leg=leg, facts=leg_facts(), by=work.tim)
        assert stage_of(applicant) == "travel_booked"

    def test_elsewhere_the_case_stays(self, applicant, work):
        make_leg(applicant, by=work.olga)
        assert stage_of(applicant) == "contact"

    def test_its_hour_stands_among_the_deadlines_and_moves_with_it(self, applicant, work):
        leg = make_leg(applicant, by=work.olga)
        assert open_deadlines(applicant) == {"journeys.departure": LEAVES}
        later = LEAVES + timedelta(hours=2)
        operations.change_leg(leg=leg, facts=leg_facts(departs_at=later), by=work.olga)
        assert open_deadlines(applicant) == {"journeys.departure": later}
        operations.call_off(leg=leg, by=work.olga)
        assert open_deadlines(applicant) == {}

    @pytest.mark.parametrize(
        "wrong",
        [{"goal": "astana"}, {"arrives_at": LEAVES}, {"arrives_at": LEAVES - timedelta(minutes=1)}],
    )
    def test_the_database_refuses_a_leg_that_leads_nowhere_or_back_in_time(self, applicant, work, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_leg(applicant, by=work.olga, **wrong)


class TestDeparting:
    def test_with_ticket_and_exit_check(self, applicant, work, recorded):
        leg = make_leg(applicant, by=work.olga, state="departed")

        assert leg.state == "departed"
        assert recorded()[-1] == "journeys.departed"
        assert open_deadlines(applicant) == {"journeys.arrival": LANDS}

    @pytest.mark.parametrize(
        ("missing", "refusal"),
        [({"ticket_booked": False}, NoTicket), ({"exit_check": "open"}, ExitUnchecked)],
    )
    def test_and_not_without_one_of_them(self, applicant, work, missing, refusal):
        with pytest.raises(refusal):
            make_leg(applicant, by=work.olga, state="departed", **missing)

    def test_a_doubt_that_the_person_knows_stops_nobody(self, applicant, work):
        assert make_leg(applicant, by=work.olga, state="departed", exit_check="doubt").state == "departed"

    def test_once_departed_nothing_of_the_plan_changes(self, applicant, work):
        leg = make_leg(applicant, by=work.olga, state="departed")
        for act in (
            lambda: operations.depart(leg=leg, left_at=LEAVES, by=work.tim),
            lambda: operations.change_leg(leg=leg, facts=leg_facts(), by=work.tim),
            lambda: operations.call_off(leg=leg, by=work.tim),
        ):
            with pytest.raises(Elsewhere):
                act()


class TestArriving:
    @pytest.mark.parametrize(
        ("met_by", "by", "counts"),
        [
            ("olga", "olga", False),
            ("tim", "olga", True),
            ("olga", "tim", True),
            ("tim", "tim", True),
        ],
    )
    def test_who_planned_it_does_not_confirm_it_alone(self, applicant, work, met_by, by, counts):
        leg = make_leg(applicant, by=work.olga, state="departed")
        if not counts:
            with pytest.raises(AnotherMustSay):
                arrive(leg, getattr(work, met_by), getattr(work, by))
            return
        arrive(leg, getattr(work, met_by), getattr(work, by))
        leg.refresh_from_db()
        assert (leg.state, leg.met_by, leg.ended_by) == ("arrived", getattr(work, met_by), getattr(work, by))
        assert open_deadlines(applicant) == {}

    def test_the_database_holds_the_same(self, applicant, work):
        leg = make_leg(applicant, by=work.olga, state="departed")
        over = {"state": "arrived", "ended_at": LANDS, "ended_by": work.olga}
        for met_by in (work.olga, None):
            with pytest.raises(IntegrityError), transaction.atomic():
                Leg.objects.filter(pk=leg.pk).update(**over, met_by=met_by)
        assert Leg.objects.filter(pk=leg.pk).update(**over, met_by=work.tim) == 1

    def test_who_met_the_person_sees_the_case(self, applicant, work):
        with pytest.raises(NotOnThisCase):
            arrive(make_leg(applicant, by=work.olga, state="departed"), work.nina, work.olga)

    def test_nobody_arrives_before_departing(self, applicant, work):
        with pytest.raises(Elsewhere):
            arrive(make_leg(applicant, by=work.olga), work.tim, work.tim)
        with pytest.raises(TooSoon):
            arrive(
                make_leg(applicant, by=work.olga, state="departed"), work.tim, work.tim, LEAVES - timedelta(1)
            )

    def test_the_last_leg_moves_the_case_and_one_before_it_does_not(self, applicant, work):
        at(applicant, "travel_booked")
        first = make_leg(applicant, by=work.olga, state="departed", goal="istanbul")
        last = make_leg(applicant, by=work.olga, state="departed", origin="istanbul")

        assert arrive(first, work.tim, work.tim) is None
        assert stage_of(applicant) == "travel_booked"
        assert arrive(last, work.tim, work.tim) == "arrived"
        assert stage_of(applicant) == "arrived"

    def test_where_the_stages_lead_elsewhere_the_case_stays(self, applicant, work):
        assert arrive(make_leg(applicant, by=work.olga, state="departed"), work.tim, work.tim) is None
        assert stage_of(applicant) == "contact"

    def test_who_may_not_move_cases_confirms_the_arrival_alone(self, applicant, work):
        at(applicant, "travel_booked")
        leg = make_leg(applicant, by=work.olga, state="departed")

        assert arrive(leg, work.tim, work.audrey) is None
        assert stage_of(applicant) == "travel_booked"

    @pytest.mark.parametrize(("state", "open_"), [("planned", True), ("departed", True), ("arrived", False)])
    def test_a_case_does_not_arrive_while_a_leg_is_open(self, applicant, work, state, open_):
        leg = make_leg(applicant, by=work.olga, state="departed" if state == "arrived" else state)
        if state == "arrived":
            arrive(leg, work.tim, work.tim)
        at(applicant, "travel_booked")
        move = {"applicants": [applicant], "target": "arrived", "reason": "", "by": work.olga}
        if open_:
            with pytest.raises(StageBlocked):
                move_stage(**move)
        else:
            assert [one.stage for one in move_stage(**move)] == ["arrived"]


class TestStopped:
    @pytest.mark.parametrize("state", ["planned", "departed"])
    def test_it_raises_the_alarm_of_the_border(self, applicant, work, recorded, state):
        at(applicant, "travel_booked")
        leg = make_leg(applicant, by=work.olga, state=state)
        operations.stop(leg=leg, known="held at the second desk", by=work.tim)

        assert Alarm.objects.get().kind == "border"
        assert Note.objects.get().text == "held at the second desk"
        assert stage_of(applicant) == "travel_failed"
        assert open_deadlines(applicant) == {}
        assert "journeys.stopped" in recorded()

    def test_where_the_alarm_stands_the_words_are_kept_as_a_note(self, applicant, work):
        for _time in range(2):
            operations.stop(leg=make_leg(applicant, by=work.olga), known="again", by=work.olga)

        assert Alarm.objects.count() == 1
        assert Note.objects.filter(text="again").count() == 2

    def test_what_is_over_is_not_stopped(self, applicant, work):
        leg = make_leg(applicant, by=work.olga, state="departed")
        arrive(leg, work.tim, work.tim)
        with pytest.raises(Elsewhere):
            operations.stop(leg=leg, by=work.olga)
        assert not Alarm.objects.exists()

    def test_afterwards_a_new_leg_can_be_booked(self, applicant, work):
        at(applicant, "travel_failed")
        make_leg(applicant, by=work.olga)
        assert stage_of(applicant) == "travel_booked"


class TestClocks:
    @pytest.mark.parametrize(
        ("day", "hour", "there"),
        [
            ("2026-03-29", "01:59", True),
            ("2026-03-29", "02:30", False),
            ("2026-03-29", "03:00", True),
            ("2026-10-25", "02:30", True),
        ],
    )
    def test_an_hour_that_a_clock_skips_is_refused(self, day, hour, there):
        on = datetime.fromisoformat(f"{day}T{hour}")
        if there:
            assert moment(on.date(), on.time(), ZoneInfo("Europe/Paris"))
        else:
            with pytest.raises(ValidationError):
                moment(on.date(), on.time(), ZoneInfo("Europe/Paris"))

    def test_the_first_town_of_a_country_gives_its_time(self):
        clocks = queries.clocks()
        assert (clocks["KZ"].name_en, clocks["FR"].name_en) == ("Astana", "Paris")

    def test_a_town_that_is_no_longer_in_force_is_not_offered(self):
        Place.objects.filter(pk="lyon").update(ends=timezone.localdate() - timedelta(1))
        assert "lyon" not in {place.pk for place in queries.places()}

    def test_a_zone_must_be_one(self):
        with pytest.raises(ValidationError):
            Place(key="x", country="FR", zone="Mars/Base", name_en="x").clean_fields()


class TestPages:
    SENT = {
        "origin": "astana",
        "goal": "paris",
        "departs_on": "12.12.2026",
        "departs_hour": "09:40",
        "arrives_on": "12.12.2026",
        "arrives_hour": "12:05",
        "means": "plane",
        "carrier": "KC",
        "exit_check": "open",
    }

    def url(self, name, row):
        return reverse(f"journeys:{name}", args=[row.pk])

    def test_from_the_plan_to_the_arrival(self, applicant, work, browse):
        at(applicant, "approved")
        paper = make_paper(applicant, by=work.olga)
        olga = browse(work.olga)
        sent = self.SENT | {"departs_on": "12.11.2026", "arrives_on": "12.11.2026", "new_id": random_id()}
        sent |= {"ticket_booked": "on", "exit_check": "clear", "papers": [paper.pk], "host": work.tim.pk}
        assert olga.send(self.url("plan", applicant), **sent).status_code == 204

        leg = Leg.objects.get()
        assert (leg.departs_at, leg.arrives_at) == (LEAVES, datetime(2026, 11, 12, 11, 5, tzinfo=UTC))
        assert list(leg.papers.all()) == [paper]
        shown = olga.get(self.url("panel", applicant)).content.decode()
        assert "09:40 (Astana)" in shown
        assert "12:05 (Paris)" in shown
        assert olga.get(self.url("depart", leg)).status_code == 200
        assert olga.send(self.url("depart", leg), on="12.11.2026", hour="09:45").status_code == 204
        alone = olga.send(self.url("arrive", leg), met_by=work.olga.pk, on="12.11.2026", hour="12:30")
        assert alone.status_code == 422
        assert "You planned this leg." in alone.content.decode()
        assert (
            olga.send(self.url("arrive", leg), met_by=work.tim.pk, on="12.11.2026", hour="12:30").status_code
            == 204
        )
        leg.refresh_from_db()
        assert leg.ended_at == datetime(2026, 11, 12, 11, 30, tzinfo=UTC)
        assert stage_of(applicant) == "arrived"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"goal": "astana"},
            {"goal": "atlantis"},
            {"departs_on": ""},
            {"departs_hour": "25:00"},
            {"arrives_hour": ""},
            {"arrives_on": "11.12.2026"},
            {"arrives_hour": "05:39"},
            {"carrier": "Air Astana"},
            {"means": "carpet"},
            {"host": "not a number"},
            {"papers": ["00000000-0000-0000-0000-000000000001"]},
            {"new_id": "x"},
        ],
    )
    def test_what_cannot_be_is_refused_beside_the_field(self, applicant, work, browse, wrong):
        answer = browse(work.olga).send(
            self.url("plan", applicant), **(self.SENT | {"new_id": random_id(), "known": "by night"} | wrong)
        )

        assert answer.status_code == 422
        assert "by night" in answer.content.decode()
        assert not Leg.objects.exists()

    def test_a_paper_of_somebody_else_is_no_paper_of_this_leg(self, applicant, work, browse):
        from tests.applicants.factories import make_applicant

        other = make_paper(make_applicant(by=work.olga, pseudonym="Grey Egret"), by=work.olga)
        sent = self.SENT | {"new_id": random_id(), "papers": [other.pk]}
        assert browse(work.olga).send(self.url("plan", applicant), **sent).status_code == 422

    def test_what_would_tell_who_it_is_is_asked_about(self, applicant, work, browse):
        olga, leg = browse(work.olga, unlocked=True), make_leg(applicant, by=work.olga)
        words = {"known": "встречает Кулебякина"}
        sent = self.SENT | {"new_id": random_id()} | words
        for name, row, said in (("plan", applicant, sent), ("change", leg, sent), ("stop", leg, words)):
            assert olga.send(self.url(name, row), **said).status_code == 422
        assert not Note.objects.exists()
        assert not Alarm.objects.exists()

    def test_a_plan_is_changed_and_called_off(self, applicant, work, browse):
        leg, tim = make_leg(applicant, by=work.olga), browse(work.tim)
        shown = tim.get(self.url("change", leg)).content.decode()
        assert "09:40" in shown
        sent = self.SENT | {"new_id": random_id(), "departs_hour": "10:00"}
        assert tim.send(self.url("change", leg), **sent).status_code == 204
        leg.refresh_from_db()
        assert (f"{leg.departs_there:%H:%M}", leg.planned_by) == ("10:00", work.olga)
        assert tim.get(self.url("call_off", leg)).status_code == 405
        assert tim.send(self.url("call_off", leg)).status_code == 204
        assert tim.send(self.url("change", leg), **sent).status_code == 422
        assert "called off" in tim.get(self.url("panel", applicant)).content.decode()

    def test_a_departure_or_arrival_to_come_is_none(self, applicant, work, browse):
        leg, olga = make_leg(applicant, by=work.olga), browse(work.olga)
        assert olga.send(self.url("depart", leg), on="1.1.2099", hour="10:00").status_code == 422

    def test_stopped_raises_the_alarm(self, applicant, work, browse):
        leg, olga = make_leg(applicant, by=work.olga), browse(work.olga)

        assert olga.get(self.url("stop", leg)).status_code == 200
        assert olga.send(self.url("stop", leg), known="").status_code == 204
        assert "stopped at the border" in browse(work.tim).get("/").content.decode()
        assert browse(work.olga).send(self.url("stop", leg), known="").status_code == 422

    def test_others_get_no_way_in(self, applicant, work, browse):
        leg = make_leg(applicant, by=work.olga)
        for name in ("change", "depart", "arrive", "stop"):
            assert browse(work.nina).get(self.url(name, leg)).status_code == 404
            assert browse(work.audrey).get(self.url(name, leg)).status_code == 403

    @pytest.mark.parametrize("number", [1, 4])
    def test_the_tab_asks_no_more_for_more(self, applicant, work, browse, number, django_assert_num_queries):
        paper = make_paper(applicant, by=work.olga)
        for _time in range(number):
            make_leg(applicant, by=work.olga, escort=work.tim).papers.set([paper])
        olga = browse(work.olga)
        olga.get("/")
        with django_assert_num_queries(10):
            olga.get(self.url("panel", applicant))
