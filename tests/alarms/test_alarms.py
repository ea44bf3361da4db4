"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.alarms import operations, queries
from cases.alarms.models import REVIEW_AFTER, Alarm, AlarmKind, AlarmStep, RiskEvent
from cases.alarms.refusals import AlarmStands, EndedAlready
from cases.applicants.models import Note, Task
from cases.applicants.queries import deadlines_for
from cases.staff import operations as staff
from cases.staff.announcements import SENTENCES
from cases.staff.models import Announcement, random_id
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db


def alarm(applicant, by, kind="detained", **more):
    return operations.raise_alarm(
        id=more.pop("id", None) or random_id(), applicant=applicant, kind=kind, by=by, **more
    )


def risk(applicant, by, **more):
    facts = {"kind": "police", "severity": 3, "happened_on": date(2026, 11, 2), "review_on": date(2027, 1, 2)}
    return operations.add_risk(
        id=more.pop("id", None) or random_id(), applicant=applicant, by=by, **(facts | more)
    )


class TestProtocol:
    @pytest.mark.parametrize("kind", AlarmKind.values)
    def test_each_alarm_has_a_protocol_that_begins_at_once_and_a_sentence(self, kind):
        hours = [step.hours for step in queries.steps_of(kind)]

        assert hours[0] == 0
        assert hours == sorted(hours)
        assert f"alarm_{kind}" in SENTENCES

    def test_a_step_that_is_over_or_to_come_is_left_out(self):
        first, second, *rest = queries.steps_of("detained")
        AlarmStep.objects.filter(pk=first.pk).update(ends=timezone.localdate() - timedelta(days=1))
        AlarmStep.objects.filter(pk=second.pk).update(begins=timezone.localdate() + timedelta(days=1))

        assert list(queries.steps_of("detained")) == rest

    @pytest.mark.parametrize(
        ("raised", "hours", "due"),
        [
            (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), 0, date(2026, 11, 23)),
            (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), 0, date(2026, 11, 24)),
            (datetime(2028, 2, 28, 12, 0, tzinfo=UTC), 24, date(2028, 2, 29)),
            (datetime(2026, 12, 30, 12, 0, tzinfo=UTC), 72, date(2027, 1, 2)),
        ],
    )
    def test_hours_end_on_a_day_in_paris(self, raised, hours, due):
        assert operations.due_on(raised, AlarmStep(hours=hours)) == due


class TestRaising:
    def test_its_steps_become_tasks_of_the_owner_in_the_owners_language(self, applicant, work):
        work.olga.language = "ru"
        work.olga.save()
        alarm(applicant, work.tim)

        tasks = Task.objects.filter(applicant=applicant)
        assert {task.owner for task in tasks} == {work.olga}
        assert {task.title for task in tasks} == {step.title_ru for step in queries.steps_of("detained")}
        assert {task.due_on for task in tasks} >= {timezone.localdate()}

    def test_everybody_on_the_case_is_told_and_who_stands_in(self, applicant, work):
        work.tim.away_until, work.tim.deputy = timezone.localdate(), work.vera
        work.tim.save()
        alarm(applicant, work.olga)

        told = Announcement.objects.filter(code="alarm_detained")
        assert {one.to for one in told} == {work.tim, work.vera}
        assert {one.about for one in told} == {applicant.pk}

    def test_while_the_owner_is_away_the_tasks_go_to_who_stands_in_and_sees_the_case(self, applicant, work):
        work.olga.away_until, work.olga.deputy = timezone.localdate(), work.tim
        work.olga.save()
        alarm(applicant, work.tim)
        assert {task.owner for task in Task.objects.all()} == {work.tim}

        work.olga.deputy = work.nina
        work.olga.save()
        applicant.owner.refresh_from_db()
        assert operations.whose_tasks(applicant, work.tim) == work.olga

    def test_the_deputy_of_who_travels_without_a_day_is_told_and_gets_the_tasks(self, applicant, work):
        staff.begin_travel(until=None, deputy=work.tim, by=work.olga)
        applicant.owner.refresh_from_db()
        alarm(applicant, work.cora)

        assert work.tim in {one.to for one in Announcement.objects.filter(code="alarm_detained")}
        assert {task.owner for task in Task.objects.all()} == {work.tim}

    def test_a_deputy_who_does_not_see_the_case_is_told_and_gets_no_tasks(self, applicant, work):
        staff.begin_travel(until=None, deputy=work.nina, by=work.olga)
        applicant.owner.refresh_from_db()
        alarm(applicant, work.tim)

        assert work.nina in {one.to for one in Announcement.objects.filter(code="alarm_detained")}
        assert {task.owner for task in Task.objects.all()} == {work.tim}

    def test_who_is_frozen_gets_no_tasks_and_stands_in_for_nobody(self, applicant, work):
        work.tim.away_until, work.tim.deputy = timezone.localdate(), work.olga
        work.tim.save()
        work.olga.frozen_at = timezone.now()
        work.olga.save()
        applicant.owner.refresh_from_db()
        work.tim.refresh_from_db()

        assert operations.whose_tasks(applicant, work.tim) == work.tim
        assert work.tim.stand_in is None

    def test_the_same_sending_again_raises_nothing_twice(self, applicant, work):
        one, again = (
            alarm(applicant, work.olga, id=(same := random_id())),
            alarm(applicant, work.olga, id=same),
        )

        assert one == again
        assert Task.objects.count() == queries.steps_of("detained").count()

    def test_one_of_a_kind_stands_at_a_time_also_for_the_database(self, applicant, work):
        alarm(applicant, work.olga)
        alarm(applicant, work.olga, kind="health")
        with pytest.raises(AlarmStands):
            alarm(applicant, work.tim)
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.create(applicant=applicant, kind="detained", raised_by=work.olga)

    def test_it_is_recorded_last_and_what_is_known_becomes_a_note(self, applicant, work, recorded):
        alarm(applicant, work.olga, known="held at the station since ten")

        assert recorded()[-1] == "alarms.raised"
        assert Note.objects.get().text == "held at the station since ten"


class TestEnding:
    def test_it_ends_once_with_an_outcome(self, applicant, work, recorded):
        found = alarm(applicant, work.olga)
        operations.end_alarm(alarm=found, outcome="released", by=work.tim)

        assert recorded()[-1] == "alarms.ended"
        assert not queries.open_alarms(work.olga)
        with pytest.raises(EndedAlready):
            operations.end_alarm(alarm=found, outcome="safe", by=work.olga)
        assert Announcement.objects.get(code="alarm_ended").to == work.olga
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.filter(pk=found.pk).update(outcome="")

    def test_afterwards_one_of_the_kind_can_be_raised_again(self, applicant, work):
        operations.end_alarm(alarm=alarm(applicant, work.olga), outcome="false", by=work.olga)

        assert alarm(applicant, work.olga).ended_at is None


class TestRisks:
    def test_what_is_acute_stands_in_the_header_until_it_is_over(self, applicant, work):
        found = risk(applicant, work.olga)
        assert "police" in queries.said_in_header(applicant)
        alarm(applicant, work.olga)
        assert queries.said_in_header(applicant) == "detained"
        operations.end_alarm(alarm=Alarm.objects.get(), outcome="safe", by=work.olga)
        operations.end_risk(risk=found, by=work.olga)

        assert queries.said_in_header(applicant) == ""
        with pytest.raises(EndedAlready):
            operations.end_risk(risk=found, by=work.tim)

    def test_the_same_sending_again_notes_nothing_twice(self, applicant, work):
        same = random_id()

        assert risk(applicant, work.olga, id=same) == risk(applicant, work.olga, id=same)

    def test_its_day_comes_up_as_a_deadline_of_the_owner_until_it_is_over(self, applicant, work):
        found = risk(applicant, work.olga)
        [deadline] = deadlines_for(work.olga).filter(rule="alarms.review")
        assert timezone.localdate(deadline.due_at) == date(2027, 1, 2)
        assert not deadline.is_ours

        operations.keep_risk(risk=found, by=work.tim)
        [deadline] = deadlines_for(work.olga).filter(rule="alarms.review")
        assert timezone.localdate(deadline.due_at) == timezone.localdate() + REVIEW_AFTER

        operations.end_risk(risk=found, by=work.olga)
        assert not deadlines_for(work.olga).filter(rule="alarms.review").exists()
        with pytest.raises(EndedAlready):
            operations.keep_risk(risk=found, by=work.tim)

    def test_what_is_due_can_be_kept_by_who_works_on_the_case(self, applicant, work, browse):
        found = risk(applicant, work.olga)
        url, panel = (
            reverse("alarms:keep_risk", args=[found.pk]),
            reverse("alarms:panel", args=[applicant.pk]),
        )
        olga = browse(work.olga)
        assert url not in olga.get(panel).content.decode()
        RiskEvent.objects.update(review_on=timezone.localdate(), happened_on=date(2026, 1, 1))

        assert url in olga.get(panel).content.decode()
        assert olga.get(url).status_code == 405
        assert olga.send(url).status_code == 204
        assert RiskEvent.objects.get().review_on == timezone.localdate() + REVIEW_AFTER
        assert browse(work.nina).send(url).status_code == 404
        assert browse(work.audrey).send(url).status_code == 403

    def test_the_database_refuses_a_review_before_the_beginning(self, applicant, work):
        with pytest.raises(IntegrityError), transaction.atomic():
            risk(applicant, work.olga, review_on=date(2026, 11, 2))


class TestPages:
    def raise_url(self, applicant):
        return reverse("alarms:raise", args=[applicant.pk])

    def test_from_the_button_to_the_desk(self, applicant, work, browse):
        olga = browse(work.olga)
        case = olga.get(applicant.get_absolute_url()).content.decode()
        sent = {"new_id": random_id(), "kind": "border", "known": ""}

        assert self.raise_url(applicant) in case
        assert (
            olga.send(self.raise_url(applicant), **sent).headers["HX-Redirect"]
            == applicant.get_absolute_url()
        )
        assert "stopped at the border" in browse(work.tim).get("/").content.decode()
        assert "stopped at the border" in olga.get(applicant.get_absolute_url()).content.decode()
        assert "stopped at the border" not in browse(work.nina).get("/").content.decode()

    def test_without_a_kind_nothing_is_raised_and_nothing_typed_is_lost(self, applicant, work, browse):
        answer = browse(work.olga).send(
            self.raise_url(applicant), new_id=random_id(), known="near the station"
        )

        assert answer.status_code == 422
        assert "near the station" in answer.content.decode()
        assert not Alarm.objects.exists()

    def test_what_would_tell_who_it_is_is_asked_about(self, applicant, work, browse):
        sent = {"new_id": random_id(), "kind": "health", "known": "Кулебякину плохо"}
        answer = browse(work.olga, unlocked=True).send(self.raise_url(applicant), **sent)

        assert answer.status_code == 422
        assert not Alarm.objects.exists()

    def test_ending_needs_an_outcome(self, applicant, work, browse):
        url = reverse("alarms:end", args=[alarm(applicant, work.olga).pk])
        olga = browse(work.olga)

        assert olga.get(url).status_code == 200
        assert olga.send(url, known="x").status_code == 422
        assert olga.send(url, outcome="safe").status_code == 204
        assert olga.send(url, outcome="safe").status_code == 422
        assert browse(work.nina).get(url).status_code == 404
        assert browse(work.audrey).get(url).status_code == 403

    def test_a_risk_is_noted_and_ended(self, applicant, work, browse):
        olga, url = browse(work.olga), reverse("alarms:risk", args=[applicant.pk])
        today = timezone.localdate()
        facts = {"new_id": random_id(), "kind": "wanted_cis", "severity": 2, "happened_on": today}

        wrong = olga.send(url, **facts, review_on=today)
        assert "Choose a day to come." in wrong.content.decode()
        later = olga.send(
            url, **(facts | {"happened_on": today + timedelta(1)}), review_on=today + timedelta(9)
        )
        assert "This day is still to come." in later.content.decode()
        assert olga.send(url, **facts, review_on=today + timedelta(9)).status_code == 204
        panel = olga.get(reverse("alarms:panel", args=[applicant.pk])).content.decode()
        assert "wanted between the states" in panel
        end = reverse("alarms:end_risk", args=[RiskEvent.objects.get().pk])
        assert olga.get(end).status_code == 405
        assert olga.send(end).status_code == 204
        assert browse(work.nina).send(end).status_code == 404

    def test_who_may_only_read_gets_no_button(self, applicant, work, browse):
        reader = make_person("Rita Reader", [])
        assert browse(reader).get(self.raise_url(applicant)).status_code == 403

    @pytest.mark.parametrize("number", [1, 4])
    def test_the_panel_asks_no_more_for_more(
        self, applicant, work, browse, number, django_assert_num_queries
    ):
        for kind in AlarmKind.values[:number]:
            alarm(applicant, work.olga, kind=kind, known="x")
            risk(applicant, work.olga, known="y")
        olga = browse(work.olga)
        olga.get("/")
        with django_assert_num_queries(9):
            olga.get(reverse("alarms:panel", args=[applicant.pk]))
