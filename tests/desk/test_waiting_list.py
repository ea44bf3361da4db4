"""Claire owns who is in contact, Viktor sees them with her team; Olga is outside."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant
from cases.applicants.operations.sharing import share_with_person
from cases.audit.models import Entry
from cases.desk.queries import waiting_list as queries
from tests.desk.cases import TOKENS, change, questions, take_in, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/cases/waiting/"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def in_contact(world, pseudonym, *, urgency=2, written=None, heard=None, registered=0, **fields):
    applicant = take_in(world, pseudonym, urgency=urgency, **fields)
    change(
        applicant,
        last_written_on=None if written is None else ago(written),
        last_contact_on=None if heard is None else ago(heard),
        created_at=timezone.now() - timedelta(days=registered),
    )
    return applicant


def listed(world, name="claire", show=""):
    rows = visit(world, name).get(URL, {"show": show} if show else {}).context["rows"]
    return [row.applicant.pseudonym for row in rows]


class TestWhoWaits:
    def test_the_most_urgent_first_and_of_these_who_waits_longest(self, world):
        in_contact(world, "Lotus 1", urgency=2, written=3)
        in_contact(world, "Lotus 2", urgency=4, written=0)
        in_contact(world, "Lotus 3", urgency=2, written=9)
        in_contact(world, "Lotus 4", urgency=2, registered=5)

        assert listed(world) == ["Lotus 2", "Lotus 3", "Lotus 4", "Lotus 1"]

    def test_who_is_taken_on_or_gone_waits_no_more(self, world):
        for place, stage in enumerate(("intake", "vetting", "withdrawn", "contact")):
            in_contact(world, f"Lotus {place + 1}", stage=stage)

        assert listed(world) == ["Lotus 4"]

    def test_only_who_sees_a_case_finds_it_here(self, world):
        in_contact(world, "Lotus 1")

        assert listed(world, "viktor") == ["Lotus 1"]
        assert listed(world, "olga") == []
        assert queries.counts(world.people["olga"]) == {"all": 0, "mine": 0, "long": 0}

    @pytest.mark.parametrize(("urgency", "days"), [(4, 1), (3, 3), (2, 14), (1, 30)])
    def test_when_it_is_time_to_write_again(self, world, urgency, days):
        in_contact(world, "Lotus 1", urgency=urgency, written=days - 1)
        in_contact(world, "Lotus 2", urgency=urgency, written=days)
        in_contact(world, "Lotus 3", urgency=urgency, registered=days)

        assert set(listed(world, show="long")) == {"Lotus 2", "Lotus 3"}
        # The mark in the row is reckoned apart from the list: both say the same.
        rows = visit(world, "claire").get(URL).context["rows"]
        assert {row.applicant.pseudonym for row in rows if row.is_late} == {"Lotus 2", "Lotus 3"}

    @pytest.mark.parametrize(
        ("written", "heard", "waits"),
        [(3, 1, True), (1, 3, False), (2, 2, False), (None, 1, False), (1, None, False)],
    )
    def test_who_wrote_after_us_waits_for_an_answer(self, world, written, heard, waits):
        in_contact(world, "Lotus 1", written=written, heard=heard)
        answer = visit(world, "claire").get(URL)

        assert [row.waits_for_answer for row in answer.context["rows"]] == [waits]
        assert ("waits for an answer" in answer.content.decode()) is waits
        assert "&quot;" not in text_of(answer)

    def test_the_tabs_count_what_they_show(self, world):
        in_contact(world, "Lotus 1", written=20)
        in_contact(world, "Lotus 2", written=1, owner="viktor")

        assert [number for _code, _label, number in visit(world, "claire").get(URL).context["tabs"]] == [
            2,
            1,
            1,
        ]
        assert listed(world, show="mine") == ["Lotus 1"]
        assert listed(world, show="nothing we know") == ["Lotus 1", "Lotus 2"]

    def test_no_name_stands_there_and_more_people_ask_no_more(self, world):
        in_contact(world, "Lotus 1")
        assert leaks(TOKENS, visit(world, "claire", unlocked=True).get(URL).content) == []
        one = questions(visit(world, "claire"), URL)
        for number in range(2, 6):
            in_contact(world, f"Lotus {number}")

        assert questions(visit(world, "claire"), URL) == one


class TestOneTouch:
    def touch(self, world, applicant, contact, name="claire"):
        url = reverse(f"applicants:{contact}", args=[applicant.pk])
        return visit(world, name).post(url, HTTP_HX_CURRENT_URL=f"http://testserver{URL}?show=long", **FETCH)

    @pytest.mark.parametrize(
        ("contact", "column", "action"),
        [
            ("written", "last_written_on", "applicants.written_to"),
            ("heard", "last_contact_on", "applicants.heard_from"),
        ],
    )
    def test_today_is_noted_once_and_one_is_back_where_one_was(self, world, contact, column, action):
        applicant = in_contact(world, "Lotus 1", written=20, heard=20)
        answers = [self.touch(world, applicant, contact) for _ in range(2)]

        assert [(one.status_code, one["HX-Redirect"]) for one in answers] == [(204, f"{URL}?show=long")] * 2
        fresh = Applicant.objects.get()
        days = {"last_written_on": ago(20), "last_contact_on": ago(20)} | {column: ago(0)}
        assert {name: getattr(fresh, name) for name in days} == days
        assert Entry.objects.filter(action=action, about=str(applicant.pk)).count() == 1

    def test_who_was_written_to_leaves_the_list_of_the_silent_and_the_desk(self, world):
        applicant = in_contact(world, "Lotus 1", written=20)
        desk = text_of(visit(world, "claire").get("/"))
        assert "1 person on the waiting list was not written to for long." in desk
        self.touch(world, applicant, "written")

        assert listed(world, show="long") == []
        assert "not written to for long" not in text_of(visit(world, "claire").get("/"))

    def test_writing_answers_the_first_message_and_hearing_does_not(self, world):
        applicant = in_contact(world, "Lotus 1")
        open_ones = applicant.deadlines.filter(rule="applicants.answer", met_at=None)
        self.touch(world, applicant, "heard")
        assert open_ones.exists()
        self.touch(world, applicant, "written")

        assert not open_ones.exists()

    def test_a_form_opened_before_does_not_turn_the_day_back(self, world):
        applicant = in_contact(world, "Lotus 1", written=20)
        self.touch(world, applicant, "written")
        stale = {"urgency": 3, "last_written_on": ago(20)}

        with pytest.raises(operations.facts.ChangedMeanwhile):
            operations.edit_applicant(
                applicant=applicant, changes=stale, version=1, by=world.people["claire"]
            )
        assert Applicant.objects.get().last_written_on == ago(0)

    def test_it_stands_in_the_timeline(self, world):
        applicant = in_contact(world, "Lotus 1")
        self.touch(world, applicant, "heard")
        line = visit(world, "viktor").get(reverse("applicants:timeline", args=[applicant.pk]))

        assert "Heard from" in text_of(line)

    def test_who_only_reads_gets_no_button_and_is_refused(self, world):
        applicant = in_contact(world, "Lotus 1")
        url = reverse("applicants:written", args=[applicant.pk])
        olga = world.people["olga"]
        assert self.touch(world, applicant, "written", "olga").status_code == 404
        share_with_person(
            applicant=applicant, person=olga, to="read", expires_at=None, by=world.people["claire"]
        )

        assert url not in visit(world, "olga").get(URL).content.decode()
        assert url in visit(world, "viktor").get(URL).content.decode()
        assert self.touch(world, applicant, "written", "olga").status_code == 403
        assert visit(world, "claire").get(url).status_code == 405
        assert Applicant.objects.get().last_written_on is None

    def test_a_day_to_come_is_refused_beside_its_field(self, world):
        applicant = in_contact(world, "Lotus 1")
        url = reverse("applicants:edit", args=[applicant.pk])
        claire = visit(world, "claire")
        form = claire.get(url).context["form"]
        sent = {field.html_name: field.value() or [] for field in form}
        sent["last_written_on"] = ago(-1)
        answer = claire.post(url, sent, **FETCH)

        assert answer.status_code == 422
        assert answer.context["form"].errors == {"last_written_on": ["This day is still to come."]}
