"""Olga and Nina talk with governments; Vera, who vets, only reads; Audrey audits and sees nothing of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import Entry
from cases.relocation.models import Contact, Government, Talk
from cases.relocation.operations import governments as operations
from cases.relocation.queries import governments as queries
from cases.relocation.refusals import DoneAlready, KnownAlready
from cases.staff.models import random_id
from tests.relocation.factories import MINISTRY, make_contact, make_government, make_talk

pytestmark = pytest.mark.django_db
LIST = "/governments/"


def url(name, row):
    return reverse(f"relocation:{name}", args=[row.pk])


def typed(**more):
    """What the quick form sends."""
    today = timezone.localdate()
    return {"new_id": random_id(), "kind": "call", "held_on": today, "said": "They are looking"} | more


class TestGovernments:
    def test_the_same_sending_again_adds_nothing_twice(self, work):
        same = random_id()
        one, again = (
            operations.add_government(id=same, facts=MINISTRY, by=work.olga),
            operations.add_government(id=same, facts=MINISTRY, by=work.olga),
        )

        assert one == again

    def test_one_of_a_name_in_a_country_also_for_the_database(self, work):
        made = make_government(by=work.olga)
        other = make_government(by=work.olga, name="Ministry of the interior")

        with pytest.raises(KnownAlready):
            make_government(by=work.tim, name=MINISTRY["name"].upper())
        with pytest.raises(KnownAlready):
            operations.edit_government(government=other, facts=MINISTRY, by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Government.objects.create(added_by=work.olga, **MINISTRY)
        assert make_government(by=work.olga, country="DE") != made

    def test_a_change_is_recorded_by_its_fields_and_no_change_is_not(self, work, recorded):
        made = make_government(by=work.olga)
        operations.edit_government(government=made, facts=MINISTRY | {"channel": "email"}, by=work.olga)
        operations.edit_government(government=made, facts=MINISTRY | {"channel": "email"}, by=work.olga)

        assert recorded() == ["relocation.government_added", "relocation.government_changed"]
        assert Entry.objects.latest("id").detail.endswith(": channel")

    def test_who_has_left_is_asked_no_more_and_stays_in_the_log(self, work):
        talk = make_talk(by=work.olga)
        operations.contact_left(contact=talk.contact, by=work.olga)

        with pytest.raises(DoneAlready):
            operations.contact_left(contact=talk.contact, by=work.tim)
        [left] = queries.contacts_of(talk.government)
        assert left.last_contact == talk.held_on
        assert queries.talks_of(talk.government).get().contact == talk.contact

    def test_no_name_of_an_official_stands_in_the_audit_log(self, work):
        make_talk(by=work.olga)

        assert not Entry.objects.filter(detail__contains="Fabre").exists()


class TestSteps:
    def test_what_is_overdue_is_first_and_what_is_done_is_gone(self, work):
        late = make_talk(by=work.olga, days=-2)
        soon = make_talk(make_government(by=work.olga, name="Embassy in Astana"), by=work.olga, days=5)
        quiet = make_government(by=work.olga, name="Another post")

        assert list(queries.governments()) == [late.government, soon.government, quiet]
        assert [one.overdue for one in queries.governments()] == [1, 0, 0]
        assert list(queries.overdue_steps()) == [late]
        operations.step_done(talk=late, by=work.tim)
        assert not queries.overdue_steps()
        assert queries.governments()[0] == soon.government
        with pytest.raises(DoneAlready):
            operations.step_done(talk=late, by=work.olga)
        with pytest.raises(DoneAlready):
            operations.put_off_step(talk=late, until=timezone.localdate(), next_by=None, by=work.olga)

    def test_today_is_not_overdue_yet(self, work):
        assert not make_talk(by=work.olga, days=0).is_overdue
        assert make_talk(Government.objects.get(), by=work.olga, days=-1).is_overdue
        assert queries.overdue_steps().count() == 1

    def test_put_off_it_comes_up_on_the_new_day(self, work):
        talk = make_talk(by=work.olga, days=-2)
        operations.put_off_step(
            talk=talk, until=timezone.localdate() + timedelta(9), next_by=work.tim, by=work.olga
        )

        assert not queries.overdue_steps()
        assert queries.steps_of(talk.government).get().next_by == work.tim

    def test_the_database_wants_a_day_with_a_step_and_no_day_without(self, work):
        made = make_government(by=work.olga)
        for wrong in (
            {"next_step": "write", "next_until": None},
            {"next_step": "", "next_by": None},
            {"kind": "rumour"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                make_talk(made, by=work.olga, **wrong)
        talk = make_talk(made, by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(done_at=timezone.now())


class TestPages:
    def test_from_the_list_to_a_talk_with_a_next_step(self, work, browse):
        olga = browse(work.olga)
        assert "No government yet" in olga.get(LIST).content.decode()
        sent = {"new_id": random_id(), **MINISTRY}
        assert olga.send("/governments/add/", **sent).status_code == 204
        made = Government.objects.get()
        assert olga.send(url("contact", made), new_id=random_id(), name="Mme Fabre", role="desk officer")
        until = timezone.localdate() + timedelta(days=4)
        step = {"next_step": "Send the list", "next_by": work.tim.pk, "next_until": until}
        answer = olga.send(url("talk", made), **typed(contact=Contact.objects.get().pk, **step))

        assert answer.headers["HX-Redirect"] == url("government", made)
        seen = olga.get(url("government", made)).content.decode()
        for word in ("They are looking", "Send the list", "Tim Team", "Mme Fabre", "written by Olga Owner"):
            assert word in seen
        assert "Send the list" not in olga.get(LIST).content.decode()
        Talk.objects.update(next_until=timezone.localdate() - timedelta(days=1))
        assert "Send the list" in olga.get(LIST).content.decode()

    def test_a_step_needs_a_day_and_a_day_needs_a_step(self, work, browse):
        made, olga = make_government(by=work.olga), browse(work.olga)
        without_day = olga.send(url("talk", made), **typed(next_step="Write"))
        without_step = olga.send(url("talk", made), **typed(next_until=timezone.localdate()))

        assert (without_day.status_code, without_step.status_code) == (422, 422)
        assert "Say until when." in without_day.content.decode()
        assert "They are looking" in without_day.content.decode()
        assert "Say what is to be done." in without_step.content.decode()
        assert not Talk.objects.exists()

    @pytest.mark.parametrize("field", ["said", "promised", "next_step"])
    def test_what_looks_like_a_person_is_asked_about_before_it_is_saved(self, work, browse, field):
        made, olga = make_government(by=work.olga), browse(work.olga)
        sent = typed(next_step="Call", next_until=timezone.localdate()) | {field: "Ask about Сергей"}
        asked = olga.send(url("talk", made), **sent)

        assert asked.status_code == 422
        assert "Сергей" in asked.content.decode()
        assert 'type="checkbox" name="nobody_we_help"' in asked.content.decode()
        assert not Talk.objects.exists()
        assert olga.send(url("talk", made), **sent, nobody_we_help="on").status_code == 204

    def test_officials_and_colleagues_are_called_by_their_names(self, work, browse):
        made = make_government(by=work.olga)
        make_contact(made, by=work.olga, name="Мария Фабр")

        assert browse(work.olga).send(url("talk", made), **typed(said="Мария звонит Olga")).status_code == 204

    def test_a_talk_to_come_and_a_tampered_official_are_refused(self, work, browse):
        made, olga = make_government(by=work.olga), browse(work.olga)
        other = make_contact(make_government(by=work.olga, name="Embassy"), by=work.olga)
        later = olga.send(url("talk", made), **typed(held_on=timezone.localdate() + timedelta(days=1)))

        assert "This day is still to come." in later.content.decode()
        assert olga.send(url("talk", made), **typed(contact=other.pk)).status_code == 422
        assert olga.send(url("talk", made), **typed(kind="rumour")).status_code == 422

    def test_a_known_name_is_said_beside_the_field(self, work, browse):
        make_government(by=work.olga)
        answer = browse(work.olga).send("/governments/add/", new_id=random_id(), **MINISTRY)

        assert answer.status_code == 422
        assert str(KnownAlready()) in answer.content.decode()

    def test_a_step_is_put_off_to_a_day_to_come(self, work, browse):
        talk, olga = make_talk(by=work.olga, days=-1), browse(work.olga)
        today = timezone.localdate()

        assert olga.send(url("step_later", talk), until=today).status_code == 422
        assert olga.send(url("step_later", talk), until=today + timedelta(days=3)).status_code == 204
        assert olga.send(url("step_done", talk)).status_code == 204
        assert (
            "A colleague has done this already."
            in olga.client.get(olga.send(url("step_done", talk)).headers["HX-Redirect"]).content.decode()
        )

    def test_who_only_reads_gets_no_button_and_who_sees_no_case_nothing(self, work, browse):
        talk = make_talk(by=work.olga)
        vera = browse(work.vera)
        seen = vera.get(url("government", talk.government)).content.decode()

        assert "They look at the list next week." in seen
        assert url("talk", talk.government) not in seen
        assert url("step_done", talk) not in seen
        assert vera.get(url("talk", talk.government)).status_code == 403
        assert vera.send(url("step_done", talk)).status_code == 403
        assert browse(work.audrey).get(LIST).status_code == 403

    @pytest.mark.parametrize("number", [2, 40])
    def test_a_year_of_talks_is_as_many_questions_as_two(
        self, work, browse, number, django_assert_max_num_queries
    ):
        made = make_government(by=work.olga)
        for place in range(number):
            make_talk(made, by=work.olga, days=place - 3)
        olga = browse(work.olga)
        olga.get("/")
        with django_assert_max_num_queries(14):
            olga.get(url("government", made))
        with django_assert_max_num_queries(11):
            olga.get(LIST)
