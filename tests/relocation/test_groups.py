"""Olga owns the cases and puts groups together; Nina does so elsewhere and sees none of Olga's cases."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.alarms.models import Alarm
from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, Deadline
from cases.audit.models import Entry
from cases.relocation.models import Group, Member
from cases.relocation.operations import groups as operations
from cases.relocation.queries import groups as queries
from cases.relocation.queries.households import torn
from cases.relocation.queries.whereabouts import phases_of, whereabouts
from cases.relocation.refusals import DoneAlready, HouseholdApart, NoSuchStep, NotADraft
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant, new_applicant
from tests.relocation.factories import make_government, make_group, make_submission

pytestmark = pytest.mark.django_db


def url(name, *rows):
    return reverse(f"relocation:{name}", args=[row.pk for row in rows])


@pytest.fixture
def group(work):
    return make_group(by=work.olga)


@pytest.fixture
def family(applicant, work):
    """Grey Heron, his wife and their child; all three are vetted."""
    kin = [make_applicant(by=work.olga, pseudonym=name) for name in ("Grey Egret", "Grey Gull")]
    for one, kinship in zip(kin, ("spouse", "child"), strict=True):
        applicants.join_household(
            applicant=one,
            with_applicant=applicant,
            kinship=kinship,
            has_certificate=True,
            travels_with=True,
            by=work.olga,
        )
    Applicant.objects.update(stage="vetted")
    return [Applicant.objects.get(pk=one.pk) for one in (applicant, *kin)]


def names(group):
    return sorted(group.members.values_list("applicant__pseudonym", flat=True))


class TestAdding:
    def test_one_of_a_household_alone_is_asked_about_first(self, group, family, work):
        with pytest.raises(HouseholdApart) as refused:
            operations.add_people(group=group, people=family[:1], by=work.olga)

        [one] = refused.value.torn
        assert ([*one.people], {*one.others}, one.hidden) == (family[:1], set(family[1:]), 0)
        assert not group.members.exists()

    def test_one_answer_adds_all_of_them(self, group, family, work):
        operations.add_people(group=group, people=family[1:2], households="whole", by=work.olga)

        assert names(group) == ["Grey Egret", "Grey Gull", "Grey Heron"]
        assert Entry.objects.filter(action="relocation.added_to_group").count() == 3

    def test_apart_is_meant_when_it_is_said_and_stands_in_the_log(self, group, family, work):
        operations.add_people(group=group, people=family[:1], households="apart", by=work.olga)

        assert names(group) == ["Grey Heron"]
        assert Entry.objects.latest("id").detail.endswith("household apart")

    def test_the_whole_household_at_once_asks_nothing(self, group, family, work):
        operations.add_people(group=group, people=family, by=work.olga)
        operations.add_people(group=group, people=family, by=work.olga)

        assert len(names(group)) == 3

    def test_who_does_not_travel_or_has_withdrawn_tears_nothing(self, group, family, work):
        family[1].memberships.update(travels_with=False)
        Applicant.objects.filter(pk=family[2].pk).update(stage="withdrawn")
        operations.add_people(group=group, people=family[:1], by=work.olga)

        assert names(group) == ["Grey Heron"]

    def test_of_a_hidden_member_only_the_number_is_said(self, family, work):
        family[2].shared_with_people.all().delete()
        family[2].shared_with_teams.all().delete()
        [one] = torn(family[:1], beyond=lambda pk: pk != family[0].pk, viewer=work.olga)

        assert ([*one.others], one.hidden) == (family[1:2], 1)

    def test_a_group_that_is_submitted_takes_nobody_any_more(self, group, family, work):
        operations.add_people(group=group, people=family, by=work.olga)
        operations.move_group(group=group, state="submitted", by=work.olga)

        with pytest.raises(NotADraft):
            operations.add_people(group=group, people=family, by=work.olga)
        with pytest.raises(NotADraft):
            operations.take_out(group=group, applicant=family[0], by=work.olga)

    def test_the_database_takes_nobody_twice(self, family, work):
        group = make_group(None, family[0], by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.create(group=group, applicant=family[0], added_by=work.olga)


class TestTakingOut:
    def test_one_of_a_household_is_asked_about_and_one_answer_takes_all(self, family, work):
        group = make_group(None, *family, by=work.olga)
        with pytest.raises(HouseholdApart):
            operations.take_out(group=group, applicant=family[0], by=work.olga)
        operations.take_out(group=group, applicant=family[0], households="whole", by=work.olga)

        assert names(group) == []
        with pytest.raises(DoneAlready):
            operations.take_out(group=group, applicant=family[0], by=work.olga)

    def test_alone_when_it_is_said_and_the_last_one_without_a_question(self, family, work):
        group = make_group(None, *family[:2], by=work.olga)
        operations.take_out(group=group, applicant=family[0], households="apart", by=work.olga)
        operations.take_out(group=group, applicant=family[1], by=work.olga)

        assert names(group) == []


class TestStates:
    def test_a_group_moves_along_its_table_and_ends(self, group, work, recorded):
        for state in ("submitted", "answered", "submitted", "answered", "closed"):
            operations.move_group(group=group, state=state, by=work.olga)

        assert recorded()[-1] == "relocation.group_moved"
        assert Group.objects.get().closed_at is not None
        for state in ("draft", "submitted", "nowhere", "closed"):
            with pytest.raises(NoSuchStep):
                operations.move_group(group=group, state=state, by=work.olga)

    def test_no_step_is_left_out(self, group, work):
        with pytest.raises(NoSuchStep):
            operations.move_group(group=group, state="answered", by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Group.objects.update(state="closed")
        with pytest.raises(IntegrityError), transaction.atomic():
            Group.objects.update(state="lost")


class TestPages:
    def test_from_nothing_to_a_whole_household(self, family, work, browse):
        olga, ministry = browse(work.olga), make_government(by=work.olga)
        assert "No group yet" in olga.get("/groups/").content.decode()
        sent = {"new_id": random_id(), "name": "Ten in November", "government": ministry.pk}
        made = olga.send("/groups/make/", **sent)
        assert olga.send("/groups/make/", **sent).headers["HX-Redirect"] == made.headers["HX-Redirect"]
        group = Group.objects.get()

        asked = olga.send(url("group_add", group), people=[family[0].pk])
        assert asked.status_code == 422
        for word in ("Grey Egret", "Grey Gull", 'value="whole"', 'value="apart"'):
            assert word in asked.content.decode()
        answer = olga.send(url("group_add", group), people=[family[0].pk], households="whole")
        assert answer.headers["HX-Redirect"] == url("group", group)
        seen = olga.get(url("group", group)).content.decode()
        for word in ("Grey Heron", "Grey Egret", "Spouse", "0 of 3 ready"):
            assert word in seen

    def test_who_does_not_see_the_cases_sees_that_there_are_people_and_no_more(self, family, work, browse):
        group = make_group(None, *family, by=work.olga)
        seen = browse(work.nina).get(url("group", group)).content.decode()

        assert "And 3 people you do not see." in seen
        assert not any(one.pseudonym in seen or str(one.pk) in seen for one in family)

    def test_one_person_of_several_who_is_not_shared(self, family, work, browse):
        group = make_group(None, *family, by=work.olga)
        family[2].shared_with_people.all().delete()
        family[2].shared_with_teams.all().delete()
        seen = browse(work.olga).get(url("group", group)).content.decode()

        assert "And a person you do not see." in seen
        assert "Grey Egret" in seen
        assert "Grey Gull" not in seen

    def test_what_is_not_offered_cannot_be_added(self, group, family, work, browse):
        Applicant.objects.filter(pk=family[0].pk).update(stage="contact")

        assert browse(work.olga).send(url("group_add", group), people=[family[0].pk]).status_code == 422
        assert browse(work.nina).send(url("group_add", group), people=[family[1].pk]).status_code == 422
        assert browse(work.vera).get(url("group_add", group)).status_code == 403
        assert not group.members.exists()

    def test_the_search_narrows_what_is_offered(self, group, family, work, browse):
        seen = browse(work.olga).get(url("group_add", group), q="gull").content.decode()

        assert "Grey Gull" in seen
        assert "Grey Egret" not in seen

    def test_taking_out_says_who_else_belongs_there(self, family, work, browse):
        group, olga = make_group(None, *family, by=work.olga), browse(work.olga)
        where = url("take_out", group, family[0])

        assert "Grey Egret" in olga.get(where).content.decode()
        assert olga.send(where).status_code == 422
        assert olga.send(where, households="everybody").status_code == 422
        assert olga.send(where, households="apart").status_code == 204
        assert names(group) == ["Grey Egret", "Grey Gull"]
        assert browse(work.nina).get(where).status_code == 404
        assert browse(work.vera).send(where).status_code == 403

    def test_a_household_that_is_not_whole_is_said_on_the_page(self, family, work, browse):
        group = make_group(None, family[0], by=work.olga)
        seen = browse(work.olga).get(url("group", group)).content.decode()

        assert "A household is not whole here." in seen
        assert "One household: Grey Heron; also Grey Egret, Grey Gull." in seen

    def test_photographs_are_noted_by_who_works_on_the_case(self, family, work, browse):
        group, olga = make_group(None, family[0], by=work.olga), browse(work.olga)
        where = url("photos", group, family[0])

        assert olga.send(where, there="yes").status_code == 204
        assert Member.objects.get().photos_on == timezone.localdate()
        assert olga.send(where, there="no").status_code == 204
        assert Member.objects.get().photos_on is None
        assert olga.send(url("photos", group, family[1]), there="yes").status_code == 404
        assert browse(work.nina).send(where, there="yes").status_code == 404

    def test_fifty_a_page_and_all_of_them_are_counted(self, work, browse):
        new = [new_applicant(owner=work.olga, team=work.team) for _ in range(53)]
        people = applicants.register_applicants(new=new, by=work.olga)
        group, olga = make_group(None, *people, by=work.olga), browse(work.olga)
        pages = [olga.get(url("group", group), page=number).content.decode() for number in (1, 2, "x")]

        shown = [[one.pk for one in people if f"/cases/{one.pk}/" in page] for page in pages]
        assert [len(one) for one in shown] == [50, 3, 50]
        assert {*shown[0], *shown[1]} == {one.pk for one in people}
        assert all("0 of 53 ready" in page for page in pages)

    def test_after_a_photograph_one_is_on_the_same_page(self, family, work, browse):
        group, olga = make_group(None, family[0], by=work.olga), browse(work.olga)
        here = {"HX-Current-URL": f"http://testserver{url('group', group)}?page=2#matrix"}
        where = url("photos", group, family[0])

        answer = olga.client.post(where, {"there": "yes"}, headers={"HX-Request": "true", **here})
        assert answer.headers["HX-Redirect"] == f"{url('group', group)}?page=2"
        assert olga.send(where, there="no").headers["HX-Redirect"] == url("group", group)

    def test_the_tab_of_a_case_lists_its_groups(self, family, work, browse):
        group = make_group(None, family[0], by=work.olga)

        assert group.name in browse(work.olga).get(url("panel", family[0])).content.decode()
        assert "In no group" in browse(work.olga).get(url("panel", family[1])).content.decode()
        assert browse(work.nina).get(url("panel", family[0])).status_code == 404

    def test_a_group_is_not_called_after_somebody(self, work, browse):
        sent = {"new_id": random_id(), "name": "Сергей и другие"}
        answer = browse(work.olga).send("/groups/make/", **sent, government=make_government(by=work.olga).pk)

        assert answer.status_code == 422
        assert not Group.objects.exists()

    def test_a_step_that_was_made_meanwhile_is_said(self, group, work, browse):
        olga = browse(work.olga)
        olga.send(url("group_close", group))
        answer = olga.send(url("group_close", group))

        assert str(NoSuchStep()) in olga.client.get(answer.headers["HX-Redirect"]).content.decode()

    def test_queries_see_the_people_only_through_the_viewer(self, family, work):
        group = make_group(None, *family, by=work.olga)

        assert len(queries.people_of(group, work.olga).members) == 3
        people = queries.people_of(group, work.nina)
        assert ([*people.members], people.hidden) == ([], 3)


class TestWhereabouts:
    """Where each stands, once the group was handed in."""

    def test_a_draft_shows_who_is_ready_and_no_more(self, family, work, browse):
        group = make_group(None, *family, by=work.olga)

        assert browse(work.olga).get(url("group", group)).context.get("now") is None

    def test_the_latest_answer_the_alarm_and_what_is_due(self, family, work, browse):
        group = make_group(None, *family, by=work.olga)
        for _version in range(2):
            sent = make_submission(group, *family, by=work.olga)
        sent.people.filter(applicant=family[1]).update(
            answer="approved", answered_on=timezone.localdate(), answered_by=work.olga
        )
        Alarm.objects.create(applicant=family[2], kind="border", raised_by=work.olga)
        Deadline.objects.create(applicant=family[0], rule="visa", title="Visa", due_at=timezone.now())
        first, second, third = whereabouts(group, family)

        assert (first.next.rule, first.alarm, first.person.answer) == ("visa", None, "waiting")
        assert (second.person.answer, second.person.submission) == ("approved", sent)
        assert third.alarm.kind == "border"

    def test_as_many_questions_for_many(self, work, django_assert_num_queries):
        group = make_group(by=work.olga)
        for number in (1, 8):
            people = [make_applicant(by=work.olga) for _ in range(number)]
            with django_assert_num_queries(3):
                whereabouts(group, people)

    def test_phases_in_the_order_of_the_road_and_the_ended_last(self, applicant, work):
        stages = ("refused", "arrived", "submitted", "questions")

        assert phases_of([Applicant(stage=stage) for stage in stages]) == [
            ("Government", 2),
            ("Journey", 1),
            ("ended", 1),
        ]
