"""The tab “Interviews and referees”, the forms of referees, and planning interviews."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from cases.applicants.models import Task
from cases.applicants.operations import share_with_person
from cases.staff.models import random_id
from cases.vetting.models import Interview, Referee
from cases.vetting.operations.interviews import edit_interview
from cases.vetting.operations.referees import edit_referee
from tests.scanner import leaks
from tests.vetting.heard.factories import (
    CANARIES,
    JUDGED,
    REASON,
    REFEREE,
    fresh,
    make_frame,
    make_interview,
    make_referee,
    url,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CLEAR = {"state": "named", "from_group": "", "knows_others": "", "reliability": "", "credibility": ""}


def referee(**fields):
    return {"new_id": str(random_id()), **CLEAR, "from_group": "unknown", "knows_others": "unknown", **fields}


def carried(one, **fields):
    return {"version": one.version, "opened": signing.dumps(CLEAR), **referee(), **fields}


def interview(asked, person, **fields):
    day = timezone.localdate() - timedelta(days=2)
    return {
        "new_id": str(random_id()),
        "state": "held",
        "held_on": f"{day:%d.%m.%Y}",
        "interviewer": person.pk,
        "frame": asked.pk,
        "language": "ru",
        **fields,
    }


class TestTab:
    def test_it_says_what_is_there_and_what_is_missing(self, browse, work, applicant, vera, frame):
        make_interview(applicant, frame, by=vera)
        make_referee(applicant, by=vera, **JUDGED, from_group=True)
        page = browse(work.tim).get(url("heard", applicant)).content.decode()

        for said in (
            "1 interview was held.",
            "A second interview is to be held, by somebody else, with the same questions.",
            "1 referee was heard.",
            "A second referee is to be heard.",
            "B – usually reliable: minor doubts",
            "nothing written yet",
            "Vera Vetting · Service (version 1) · Russian · 90 minutes",
        ):
            assert said in page
        assert leaks(CANARIES, page) == []
        assert "Name a referee" not in page

    def test_the_referees_open_with_a_reason(self, browse, applicant, vera):
        make_referee(applicant, by=vera)
        browser = browse(vera, unlocked=True)
        assert browser.send(url("referees_open", applicant)).status_code == 422
        answer = browser.send(url("referees_open", applicant), **REASON)
        page = answer.content.decode()

        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#referees")
        assert (REFEREE["name"] in page, REFEREE["said"] in page) == (True, True)
        assert leaks(CANARIES, page.partition("<template data-sealed>")[2]) == []

    @pytest.mark.parametrize("who", ["tim_locked", "tim_without_vet"])
    def test_not_locked(self, browse, work, applicant, vera, who):
        make_referee(applicant, by=vera)
        answer = browse(work.tim, unlocked=who != "tim_locked").send(
            url("referees_open", applicant), **REASON
        )

        # Tim can open the account: he is on the team; locked he cannot.
        assert answer.status_code == (422 if who == "tim_locked" else 200)
        assert (leaks(CANARIES, answer.content) == []) == (who == "tim_locked")

    @pytest.mark.parametrize("name", ["heard", "referee_add", "interview_add"])
    def test_outside_it_does_not_exist_and_an_auditor_is_kept_out(self, browse, work, applicant, name):
        nina = browse(work.nina, unlocked=True).get(url(name, applicant)).status_code
        assert nina == (404 if name == "heard" else 403)
        assert browse(work.cora).get(url(name, applicant)).status_code == 404
        assert browse(work.audrey).get(url(name, applicant)).status_code == 403
        assert browse(work.olga).client.delete(url(name, applicant)).status_code in (403, 405)

    def test_a_reader_writes_nothing(self, browse, work, applicant, frame):
        share_with_person(applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga)
        vera = browse(work.vera)

        assert vera.get(url("heard", applicant)).status_code == 200
        assert vera.get(url("referee_add", applicant)).status_code == 403
        assert vera.get(url("interview_add", applicant)).status_code == 403

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_questions_does_not_grow(
        self, browse, work, applicant, vera, frame, number, django_assert_num_queries
    ):
        for _one in range(number):
            make_referee(applicant, by=vera)
            make_interview(applicant, frame, by=vera)
        olga = browse(work.olga)
        olga.get(url("heard", applicant))
        with django_assert_num_queries(19):
            olga.get(url("heard", applicant))


class TestReferees:
    def test_one_is_named_locked_and_once_only(self, browse, applicant, vera):
        told = referee(**REFEREE)
        browser = browse(vera)
        answer = browser.send(url("referee_add", applicant), **told)

        assert (answer.status_code, answer["HX-Redirect"]) == (204, url("heard", applicant))
        assert browser.send(url("referee_add", applicant), **told).status_code == 204
        found = Referee.objects.get()
        assert (found.state, found.from_group, found.added_by) == ("named", None, vera)

    def test_who_was_heard_is_judged(self, browse, applicant, vera):
        answer = browse(vera).send(
            url("referee_add", applicant), **referee(state="heard", said="Тихо говорил")
        )

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["reliability", "credibility"]
        assert "Тихо говорил" in answer.content.decode()
        assert Referee.objects.count() == 0

    def test_the_scale_is_explained(self, browse, applicant, vera):
        page = browse(vera).get(url("referee_add", applicant)).content.decode()

        for letter in "ABCDEF":
            assert f">{letter} – " in page
        for number in "123456":
            assert f">{number} – " in page

    def test_it_opens_into_the_form_and_is_corrected(self, browse, applicant, vera):
        one = make_referee(applicant, by=vera)
        browser = browse(vera, unlocked=True)
        assert leaks(CANARIES, browser.get(url("referee_edit", one)).content) == []
        opened = browser.send(url("referee_correct", one), **carried(one, **REASON))
        assert opened.context["form"]["name"].value() == REFEREE["name"]
        told = carried(one, sealed_opened="True", name="Другой", state="refused")

        assert browser.send(url("referee_edit", one), **told).status_code == 204
        assert fresh(one).state == "refused"
        page = browser.send(url("referees_open", applicant), **REASON).content.decode()
        assert ("Другой" in page, REFEREE["name"] in page) == (True, False)

    def test_who_is_late_is_told(self, browse, applicant, vera, work):
        one = make_referee(applicant, by=vera)
        edit_referee(referee=one, changes={"from_group": True}, sealed=None, version=1, by=work.cora)
        answer = browse(vera).send(url("referee_edit", one), **carried(one, state="unreachable"))

        assert answer.status_code == 422
        assert "Now saved: yes." in answer.content.decode()
        assert answer.context["form"]["state"].value() == "unreachable"

    def test_a_referee_is_struck_out_for_a_reason(self, browse, applicant, vera, work):
        one = make_referee(applicant, by=vera)
        browser = browse(vera)
        assert browser.send(url("referee_strike", one), reason="nonsense").status_code == 422
        assert browser.send(url("referee_strike", one), reason="other_person").status_code == 204
        assert "1 entry struck out" in browser.get(url("heard", applicant)).content.decode()
        assert browser.get(url("referee_edit", one)).status_code == 404

    @pytest.mark.parametrize("name", ["referee_edit", "referee_strike"])
    def test_outside_and_wrong_role(self, browse, work, applicant, vera, name):
        one = make_referee(applicant, by=vera)

        assert browse(work.cora).get(url(name, one)).status_code == 404
        assert browse(work.tim).get(url(name, one)).status_code == 403
        assert browse(vera).client.post(url("referee_edit", one), {}).status_code == 400


class TestPlanning:
    def test_one_is_planned_and_the_interviewer_is_reminded(self, browse, applicant, vera, frame):
        day = timezone.localdate() + timedelta(days=4)
        told = interview(frame, vera, state="planned", held_on=f"{day:%d.%m.%Y}")
        answer = browse(vera).send(url("interview_add", applicant), **told)

        assert (answer.status_code, answer["HX-Redirect"]) == (204, url("heard", applicant))
        assert (Task.objects.get().owner, Task.objects.get().due_on) == (vera, day)

    def test_one_that_was_held_is_written_down_next(self, browse, applicant, vera, frame):
        answer = browse(vera).send(url("interview_add", applicant), **interview(frame, vera, minutes="75"))

        found = Interview.objects.get()
        assert answer["HX-Redirect"] == url("interview", found)
        assert (found.minutes, found.frame, found.interviewer) == (75, frame, vera)

    @pytest.mark.parametrize(
        ("fields", "beside", "said"),
        [
            ({"held_on": "1.1.2126"}, "held_on", "This day is still to come: then it is planned"),
            ({"held_on": ""}, "held_on", "This field is required."),
            ({"minutes": "0"}, "minutes", "greater than or equal to 1"),
            ({"frame": "nonsense"}, "frame", "Select a valid choice."),
            ({"language": "xx"}, "language", "xx"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(
        self, browse, applicant, vera, frame, fields, beside, said
    ):
        answer = browse(vera).send(url("interview_add", applicant), **interview(frame, vera, **fields))

        assert answer.status_code == 422
        assert said in answer.context["form"].errors[beside][0]
        assert Interview.objects.count() == 0

    def test_only_who_vets_and_sees_the_case_holds_one(self, browse, applicant, vera, work, frame):
        browser = browse(vera)
        form = browser.get(url("interview_add", applicant)).context["form"]
        assert list(form.fields["interviewer"].queryset) == [vera]
        answer = browser.send(url("interview_add", applicant), **interview(frame, work.tim))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["interviewer"])

    def test_who_asked_and_which_questions_stay_when_they_could_not_be_chosen_any_more(
        self, browse, applicant, vera, work, frame
    ):
        one = make_interview(applicant, frame, by=work.cora)
        frame.ends = date(2026, 1, 1)
        frame.save()
        make_frame("g")
        form = browse(vera).get(url("interview_edit", one)).context["form"]

        assert set(form.fields["interviewer"].queryset) == {vera, work.cora}
        assert len(form.fields["frame"].queryset) == 2
        assert (
            len(browse(vera).get(url("interview_add", applicant)).context["form"].fields["frame"].queryset)
            == 1
        )

    def test_a_change_is_in_the_history_and_a_late_one_is_told(self, browse, applicant, vera, frame, work):
        one = make_interview(applicant, frame, by=vera)
        browser = browse(vera)
        first = {
            name: str(value)
            for name, value in browser.get(url("interview_edit", one)).context["form"].initial.items()
        }
        edit_interview(interview=one, changes={"minutes": 30}, version=1, by=work.cora)
        answer = browser.send(url("interview_edit", one), **first | {"language": "uk"})
        assert (answer.status_code, "Now saved: 30." in answer.content.decode()) == (422, True)
        data = answer.context["form"].data
        assert browser.send(url("interview_edit", one), **data).status_code == 204

        page = browser.get(url("interview", one)).content.decode()
        assert ("Language spoken: Russian → Ukrainian" in page, "Length in minutes: 90 → 30" in page) == (
            True,
            True,
        )

    def test_one_is_struck_out(self, browse, applicant, vera, frame, work):
        one = make_interview(applicant, frame, by=vera, state="planned")
        browser = browse(vera)

        assert browser.send(url("interview_strike", one), reason="twice").status_code == 204
        assert (
            browser.get(url("interview", one)).status_code,
            Task.objects.filter(done_at=None).count(),
        ) == (404, 0)
        assert browse(work.tim).get(url("interview_strike", one)).status_code == 403
