"""The list of questions, raising one, and what becomes of it."""

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.staff.models import random_id
from cases.vetting.models import Question
from cases.vetting.operations import questions as operations
from tests.vetting.check_factories import ANSWER, CONTRADICTION, SEALED, make_question, open_to_vera

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REASON = {"reason": "vetting", "words": ""}
FIRST, SECOND = CONTRADICTION["statements"]


@pytest.fixture
def vera(work, applicant):
    return open_to_vera(work, applicant)


def url(name, about):
    return reverse(f"vetting:{name}", args=[about.pk])


def typed(**fields):
    values = {
        "new_id": str(random_id()),
        "kind": "contradiction",
        "about": CONTRADICTION["about"],
        "statement_1": FIRST["text"],
        "source_1": FIRST["source"],
        "statement_2": SECOND["text"],
        "source_2": SECOND["source"],
    }
    return values | fields


def opened(browser, applicant):
    return browser.send(url("open_questions", applicant), **REASON)


class TestList:
    def test_without_questions_it_says_what_belongs_here(self, browse, work, applicant, vera):
        page = browse(vera).get(url("questions", applicant)).content.decode()

        assert "No questions yet" in page
        assert url("ask", applicant) in page
        assert (
            url("ask", applicant) not in browse(work.olga).get(url("questions", applicant)).content.decode()
        )

    def test_it_shows_states_and_nothing_that_is_sealed(self, browse, work, applicant, vera):
        first = make_question(applicant, by=vera)
        make_question(applicant, by=vera, kind="incident", content={"reason": ["Та же часть"]})
        operations.settle_question(question=first, how="stands", content=None, by=vera)
        page = browse(vera, unlocked=True).get(url("questions", applicant)).content.decode()

        for said in ("Meets an incident", "Contradiction", "stands: it was not explained", "Vera Vetting"):
            assert said in page
        assert not any(word in page for word in (*SEALED, "Та же часть"))

    def test_one_reason_opens_all_for_a_quarter_of_an_hour(self, browse, applicant, vera, recorded):
        make_question(applicant, by=vera)
        make_question(applicant, by=vera, kind="incident", content={"reason": ["Та же часть Лопуховка"]})
        answer = opened(browse(vera, unlocked=True), applicant)

        page = answer.content.decode()
        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#questions")
        assert 'data-opened data-seconds="900"' in page
        for said in (*[side[key] for side in (FIRST, SECOND) for key in side], "Та же часть Лопуховка"):
            assert said in page
        assert recorded()[-1] == "vault.opened_quietly"
        assert recorded().count("vault.opened_quietly") == 1
        # What comes back when the time is over holds nothing.
        closed = page.partition("<template data-sealed>")[2]
        assert "Contradiction" in closed
        assert not any(word in closed for word in SEALED)

    def test_without_key_reason_or_unlock_they_stay_closed(self, browse, work, applicant, vera):
        make_question(applicant, by=vera)
        applicants.share_with_person(
            applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
        )
        for person, unlocked, sent, said in (
            (vera, False, REASON, "Your vault is locked."),
            (vera, True, {}, "This field is required."),
            (work.cora, True, REASON, "You cannot open this."),
        ):
            answer = browse(person, unlocked=unlocked).send(url("open_questions", applicant), **sent)
            page = answer.content.decode()
            assert (answer.status_code, said in page) == (422, True), person
            assert not any(word in page for word in SEALED)

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_asks_the_same_however_long(
        self, browse, applicant, vera, number, django_assert_num_queries
    ):
        for _place in range(number):
            make_question(applicant, by=vera)
        browser = browse(vera)
        browser.get(url("questions", applicant))
        with django_assert_num_queries(11):
            browser.get(url("questions", applicant))


class TestRaising:
    def test_a_locked_officer_raises_a_question(self, browse, work, applicant, vera):
        answer = browse(vera).send(url("ask", applicant), **typed())

        assert (answer.status_code, answer["HX-Redirect"]) == (204, url("questions", applicant))
        question = Question.objects.get()
        assert (question.kind, question.state, question.raised_by) == ("contradiction", "open", vera)
        assert SECOND["text"] in opened(browse(vera, unlocked=True), applicant).content.decode()

    def test_the_same_form_sent_twice_raises_one(self, browse, applicant, vera):
        data = typed()
        for _time in range(2):
            assert browse(vera).send(url("ask", applicant), **data).status_code == 204

        assert Question.objects.count() == 1

    def test_another_page_hands_over_what_it_is_about(self, browse, applicant, vera):
        answer = browse(vera).send(url("ask", applicant), about=CONTRADICTION["about"])

        form = answer.context["form"]
        assert (answer.status_code, form.is_bound) == (200, False)
        assert form["about"].value() == CONTRADICTION["about"]
        assert not Question.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "field", "said"),
        [
            ({"about": ""}, "about", "This field is required."),
            ({"statement_2": ""}, "statement_2", "A contradiction has two sides"),
            ({"source_1": ""}, "source_1", "Say where this statement comes from."),
            ({"kind": "incident"}, "kind", "Select a valid choice"),
            ({"kind": "other", "source_2": ""}, "source_2", "Say where this statement comes from."),
            ({"statement_1": "x" * 5001}, "statement_1", "at most 5000"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, browse, applicant, vera, fields, field, said):
        answer = browse(vera).send(url("ask", applicant), **typed(**fields))

        form = answer.context["form"]
        assert (answer.status_code, said in str(form.errors[field])) == (422, True), form.errors
        assert form["source_2"].value() == typed(**fields)["source_2"]
        assert list(form.errors) == [field]
        assert not Question.objects.exists()

    def test_another_question_needs_no_two_sides(self, browse, applicant, vera):
        sent = typed(kind="other", statement_1="", source_1="", statement_2="", source_2="")

        assert browse(vera).send(url("ask", applicant), **sent).status_code == 204


class TestAnswers:
    @pytest.fixture
    def question(self, applicant, vera):
        return make_question(applicant, by=vera)

    def answered(self, browser, question, **fields):
        version = Question.objects.get(pk=question.pk).version
        sent = {"version": version, "on": "3.11.2026", "asked_by": "Вера", "answer": ANSWER} | fields
        return browser.send(url("question_answer", question), **sent)

    def test_that_it_was_asked_is_noted_once(self, browse, applicant, vera, question):
        browser = browse(vera)
        answer = browser.send(url("question_asked", question))
        browser.send(url("question_asked", question))

        question.refresh_from_db()
        assert answer["HX-Redirect"] == url("questions", applicant)
        assert (question.state, question.asked_by, question.version) == ("asked", vera, 2)

    def test_answers_are_sealed_one_below_the_other(self, browse, applicant, vera, question):
        browser = browse(vera, unlocked=True)
        assert self.answered(browser, question).status_code == 204
        assert self.answered(browser, question, answer="И за почтой").status_code == 204

        page = opened(browser, applicant).content.decode()
        assert page.index(ANSWER) < page.index("И за почтой")
        assert FIRST["text"] in page
        assert "3 Nov 2026, Вера" in page

    @pytest.mark.parametrize(
        ("unlocked", "fields", "said"),
        [
            (False, {}, "Your vault is locked."),
            (True, {"answer": ""}, "This field is required."),
            (True, {"on": "1.1.2100"}, "This day is still to come."),
            (True, {"asked_by": ""}, "This field is required."),
        ],
    )
    def test_what_cannot_be_saved_stays_in_the_form(self, browse, vera, question, unlocked, fields, said):
        answer = self.answered(browse(vera, unlocked=unlocked), question, **fields)

        form = answer.context["form"]
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert form["answer"].value() == fields.get("answer", ANSWER)
        assert Question.objects.get().state == "open"

    def test_a_colleague_who_was_faster_is_not_overwritten(self, browse, applicant, vera, question):
        browser = browse(vera, unlocked=True)
        self.answered(browser, question, answer="Первый ответ")
        late = self.answered(browser, question, version=1)
        assert late.status_code == 422
        assert "A colleague wrote about this question while you were writing." in late.content.decode()

        sent = {name: str(late.context["form"][name].value()) for name in late.context["form"].fields}
        assert browser.send(url("question_answer", question), **sent).status_code == 204
        page = opened(browser, applicant).content.decode()
        assert "Первый ответ" in page
        assert ANSWER in page

    def test_it_is_settled_in_clear_with_the_assessment_sealed(self, browse, applicant, vera, question):
        browser = browse(vera, unlocked=True)
        sent = {"version": 1, "how": "explained", "assessment": "Сходится с билетом"}
        assert browser.send(url("question_settle", question), **sent).status_code == 204

        question.refresh_from_db()
        assert (question.state, question.settled_how) == ("settled", "explained")
        assert "Сходится с билетом" in opened(browser, applicant).content.decode()
        assert "Сходится с билетом" not in browser.get(url("questions", applicant)).content.decode()

    def test_without_an_assessment_it_is_settled_while_locked(self, browse, vera, question):
        browser = browse(vera)
        assert browser.send(url("question_settle", question), version=1, how="").status_code == 422
        assert browser.send(url("question_settle", question), version=1, how="withdrawn").status_code == 204
        assert "settled in between" in self.answered(browse(vera, unlocked=True), question).content.decode()


class TestWhoMay:
    GETS = ("questions", "ask")
    ABOUT = ("question_answer", "question_settle")

    def test_out_of_scope_there_are_no_questions(self, browse, work, applicant, vera):
        question = make_question(applicant, by=vera)
        pages = [url(name, applicant) for name in self.GETS] + [url(name, question) for name in self.ABOUT]

        audrey = browse(work.audrey)
        assert {audrey.get(one).status_code for one in pages} == {403}
        assert audrey.send(url("question_asked", question)).status_code == 403
        cora = browse(work.cora, unlocked=True)
        assert {cora.get(one).status_code for one in pages} == {404}
        assert cora.send(url("question_asked", question)).status_code == 404
        assert cora.send(url("open_questions", applicant), **REASON).status_code == 404

    def test_a_caseworker_reads_and_does_not_ask(self, browse, work, applicant, vera):
        question = make_question(applicant, by=vera)
        tim = browse(work.tim, unlocked=True)

        assert FIRST["text"] in opened(tim, applicant).content.decode()
        assert {tim.get(url(name, question)).status_code for name in self.ABOUT} == {403}
        assert tim.get(url("ask", applicant)).status_code == 403
        assert tim.send(url("question_asked", question)).status_code == 403

    def test_wrong_methods_and_plain_submissions(self, browse, applicant, vera):
        question = make_question(applicant, by=vera)
        browser = browse(vera)

        assert browser.send(url("questions", applicant)).status_code == 405
        assert browser.get(url("open_questions", applicant)).status_code == 405
        assert browser.get(url("question_asked", question)).status_code == 405
        plain = [url("ask", applicant), *(url(name, question) for name in self.ABOUT)]
        assert {browser.client.post(one, typed()).status_code for one in plain} == {400}
        assert Question.objects.count() == 1
