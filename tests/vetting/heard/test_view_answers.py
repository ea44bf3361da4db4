"""The page of an interview: written locked, saved again and again, opened, corrected."""

import pytest

from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault.models import SealedItem
from cases.vetting.models import InterviewQuestion
from tests.scanner import leaks
from tests.vetting.heard.factories import ANSWERS, CANARIES, REASON, make_interview, url, write

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def one(applicant, vera, frame):
    return make_interview(applicant, frame, by=vera)


def typed(**answers):
    fields = {f"answer-{key.replace('_', '-')}": text for key, text in answers.items()}
    return {"part": str(random_id()), "basis": "", **fields}


def sealed():
    return SealedItem.objects.filter(kind__startswith="interview-").values_list("kind", flat=True)


def said(browser, one):
    answer = browser.send(url("interview_open", one), **REASON)
    assert answer.status_code == 200, answer.content
    return {each.question: each.answer for each in answer.context["answers"]}


class TestWriting:
    def test_every_question_has_a_field_and_is_shown_as_it_is_asked(self, browse, one, vera):
        page = browse(vera).get(url("interview", one)).content.decode()

        assert page.count('<textarea name="answer-') == 2
        assert ("Question for V03?" in page, "Вопрос V03?" in page) == (True, True)
        assert 'lang="ru"' in page

    def test_a_draft_is_sealed_and_the_page_stays_as_it_is(self, browse, one, vera):
        browser, told = browse(vera), typed(f_v03_1="half")
        first = browser.send(url("interview_write", one), **told)
        again = browser.send(url("interview_write", one), **told | {"answer-f-v03-1": "whole"})

        assert [(answer.status_code, answer.content) for answer in (first, again)] == [(204, b"")] * 2
        assert len(set(sealed())) == 1
        assert said(browse(vera, unlocked=True), one) == {"Question for V03?": "whole"}

    def test_on_another_day_it_goes_on_beside_what_is_there(self, browse, one, vera):
        browser = browse(vera)
        browser.send(url("interview_write", one), **typed(f_v03_1="one"))
        browser.send(url("interview_write", one), **typed(f_v04_1="two"))

        assert said(browse(vera, unlocked=True), one) == {
            "Question for V03?": "one",
            "Question for V04?": "two",
        }

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            (typed(), "Nothing is written yet."),
            (typed(f_v03_1="x" * 30_001), "at most 30000 characters"),
            (typed(f_v03_1="kept") | {"part": "nonsense"}, "UUID"),
        ],
    )
    def test_what_cannot_be_saved_is_said_and_kept(self, browse, one, vera, told, error):
        answer = browse(vera).send(url("interview_write", one), **told)
        page = answer.content.decode()

        assert (answer.status_code, error in page) == (422, True)
        assert told.get("answer-f-v03-1", "")[:100] in page
        assert list(sealed()) == []

    def test_never_by_a_plain_form_and_only_by_who_vets_and_works_on_it(self, browse, one, vera, work):
        told = typed(f_v03_1="x")
        assert browse(vera).client.post(url("interview_write", one), told).status_code == 400
        assert browse(vera).get(url("interview_write", one)).status_code == 405
        assert browse(work.tim).send(url("interview_write", one), **told).status_code == 403
        assert browse(work.cora).send(url("interview_write", one), **told).status_code == 404
        assert browse(work.nina).get(url("interview", one)).status_code == 404
        assert browse(work.audrey).get(url("interview", one)).status_code == 403

        assert list(sealed()) == []
        assert "answers-form" not in browse(work.tim).get(url("interview", one)).content.decode()


class TestOpening:
    def test_it_opens_with_a_reason_all_sittings_at_once(self, browse, one, vera):
        write(one, by=vera, place="Видеозвонок")
        browser = browse(vera, unlocked=True)
        assert leaks(CANARIES, browser.get(url("interview", one)).content) == []
        answer = browser.send(url("interview_open", one), **REASON)
        page = answer.content.decode()

        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#said")
        assert all(text in page for text in [*ANSWERS.values(), "Видеозвонок"])
        assert leaks(CANARIES, page.partition("<template data-sealed>")[2]) == []
        assert Entry.objects.latest("id").detail == "account of Grey Heron: To check who the person was: 1"

    @pytest.mark.parametrize("name", ["interview_open", "interview_correct"])
    def test_not_without_reason_not_locked_not_from_outside(self, browse, one, vera, work, name):
        write(one, by=vera)
        locked = browse(vera).send(url(name, one), **REASON)
        without = browse(vera, unlocked=True).send(url(name, one), **typed(f_v03_1="typed here"))

        assert (without.status_code, locked.status_code) == (422, 422)
        assert leaks(CANARIES, without.content, locked.content) == []
        assert "Your vault is locked." in locked.content.decode()
        assert browse(work.nina, unlocked=True).send(url(name, one), **REASON).status_code in (403, 404)
        assert browse(work.cora, unlocked=True).send(url(name, one), **REASON).status_code == 404
        assert browse(vera).client.post(url(name, one), REASON).status_code == 400


class TestCorrecting:
    def opened(self, browser, one, **told):
        answer = browser.send(url("interview_correct", one), **typed(**told) | REASON)
        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#answers-form")
        return answer.context["form"]

    def sent(self, form, **changes):
        data = {name: form[name].value() or "" for name in form.fields}
        return data | {f"answer-{key.replace('_', '-')}": text for key, text in changes.items()}

    def test_everything_comes_into_the_form_beside_what_was_typed(self, browse, one, vera):
        write(one, by=vera, answers={"f-v03-1": "one"}, place="video")
        form = self.opened(browse(vera, unlocked=True), one, f_v03_1="typed", f_v04_1="more")

        assert form["answer-f-v03-1"].value() == "one\n\ntyped"
        assert (form["answer-f-v04-1"].value(), form["place"].value(), form.is_filled) == (
            "more",
            "video",
            True,
        )

    def test_it_is_saved_in_the_place_of_all_and_again(self, browse, one, vera):
        write(one, by=vera, answers={"f-v03-1": "one", "f-v04-1": "gone"})
        browser = browse(vera, unlocked=True)
        form = self.opened(browser, one)
        told = self.sent(form, f_v03_1="corrected", f_v04_1="")
        answer = browser.send(url("interview_write", one), **told)

        assert (answer.status_code, answer["HX-Reswap"]) == (200, "none")
        assert 'hx-swap-oob="true"' in answer.content.decode()
        assert b"corrected" not in answer.content
        told |= {"basis": answer.context["basis"], "answer-f-v03-1": "again"}
        assert browser.send(url("interview_write", one), **told).status_code == 200
        assert said(browser, one) == {"Question for V03?": "again"}

    def test_who_is_late_is_put_beside_and_told(self, browse, one, vera, work):
        write(one, by=vera, answers={"f-v03-1": "one"})
        browser = browse(vera, unlocked=True)
        late, quick = self.opened(browser, one), self.opened(browser, one)
        browser.send(url("interview_write", one), **self.sent(quick, f_v03_1="quick"))
        answer = browser.send(url("interview_write", one), **self.sent(late, f_v03_1="late"))

        assert (answer.status_code, "Both are kept" in answer.content.decode()) == (200, True)
        form = answer.context["form"]
        assert (form["answer-f-v03-1"].value(), form.is_filled) == ("late", False)
        assert said(browser, one) == {"Question for V03?": "quick\n\nlate"}

    def test_a_forged_basis_overwrites_nothing(self, browse, one, vera):
        write(one, by=vera, answers={"f-v03-1": "one"})
        browser = browse(vera, unlocked=True)
        told = typed(f_v04_1="two") | {"basis": "eyJ2ZXJzaW9uIjowfQ:forged"}
        assert browser.send(url("interview_write", one), **told).status_code == 204

        assert said(browser, one) == {"Question for V03?": "one", "Question for V04?": "two"}

    def test_a_question_that_left_the_frame_keeps_its_answer(self, browse, one, vera):
        write(one, by=vera, answers={"f-v03-1": "one"})
        InterviewQuestion.objects.filter(key="f-v03-1").update(ends="2026-01-01")
        browser = browse(vera, unlocked=True)
        assert "answer-f-v03-1" not in browser.get(url("interview", one)).content.decode()
        form = self.opened(browser, one)
        browser.send(url("interview_write", one), **self.sent(form, f_v04_1="two"))

        assert said(browser, one) == {"Question for V03?": "one", "Question for V04?": "two"}
