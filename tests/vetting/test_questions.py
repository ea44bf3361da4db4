"""Questions: raised once, asked, answered, settled; what they say is sealed from the first word."""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from cases.applicants.refusals import IdTaken
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault.models import SealedItem
from cases.vetting.account import read_account
from cases.vetting.models import Question
from cases.vetting.operations import questions as operations
from cases.vetting.queries import questions as queries
from cases.vetting.questions_page import Row
from cases.vetting.refusals import NotWithQuestion, QuestionChangedMeanwhile
from tests.vetting.check_factories import ANSWER, CONTRADICTION, make_question

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
INCIDENT, PERIOD = UUID(int=7), "0" * 32
MATCH = {"incident": INCIDENT, "period": PERIOD, "reason": ["Та же часть Лопуховка"], "how": "unit"}


def opened(work, applicant, *questions):
    """What is sealed of the questions, by their id."""
    found = read_account(
        applicant=applicant,
        kinds=[one.sealed_kind for one in questions],
        reason="a test",
        unlocked=work.unlocked(work.olga),
        by=work.olga,
    )
    return {one.pk: found[one.sealed_kind] for one in questions if one.sealed_kind in found}


def logged(action, applicant):
    return Entry.objects.get(action=action, about=str(applicant.pk))


class TestRaising:
    def test_everything_it_says_is_sealed(self, work, applicant):
        question = make_question(applicant, by=work.olga)

        assert (question.state, question.kind, question.raised_by) == ("open", "contradiction", work.olga)
        assert opened(work, applicant, question)[question.pk] == CONTRADICTION
        item = SealedItem.objects.get(kind=f"question-{question.pk.hex}")
        assert "Пырьево".encode() not in bytes(item.envelope)
        row = logged("vetting.question_raised", applicant)
        assert row.detail == "Grey Heron: contradiction"

    def test_the_same_id_again_raises_none(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        again = make_question(applicant, by=work.olga, id=question.pk, content={"about": "else"})

        assert again == question
        assert opened(work, applicant, question)[question.pk] == CONTRADICTION
        with pytest.raises(IdTaken):
            make_question(applicant, by=work.tim, id=question.pk)
        assert Question.objects.count() == 1

    def test_open_ones_are_counted_and_come_first(self, work, applicant):
        first, second = (make_question(applicant, by=work.olga) for _place in range(2))
        operations.settle_question(question=first, how="explained", content=None, by=work.olga)

        assert list(queries.questions_of(applicant)) == [second, first]
        assert list(queries.open_questions(applicant)) == [second]

    def test_who_does_not_see_the_case_sees_no_question(self, work, applicant):
        question = make_question(applicant, by=work.olga)

        assert queries.find_question(work.tim, question.pk) == question
        for person, wanted in ((work.nina, question.pk), (work.olga, random_id())):
            with pytest.raises(Http404):
                queries.find_question(person, wanted)


class TestIncidents:
    def raise_all(self, work, applicant, found, known):
        return operations.raise_incident_questions(
            applicant=applicant, found=found, known=known, by=work.olga
        )

    def test_each_match_raises_one_question_whose_ids_are_sealed(self, work, applicant):
        other = MATCH | {"period": "1" * 32}
        raised = self.raise_all(work, applicant, [MATCH, other, MATCH], {})

        assert [one.kind for one in raised] == ["incident", "incident"]
        content = opened(work, applicant, raised[0])[raised[0].pk]
        assert content == {
            "reason": ["Та же часть Лопуховка"],
            "match": {"incident": str(INCIDENT), "period": PERIOD, "how": "unit"},
        }
        assert not Entry.objects.filter(detail__contains=str(INCIDENT)).exists()
        assert Row(raised[0], content).reasons == ["Та же часть Лопуховка"]

    def test_what_was_raised_already_is_not_raised_again_settled_or_not(self, work, applicant):
        [first] = self.raise_all(work, applicant, [MATCH], {})
        operations.settle_question(question=first, how="withdrawn", content=None, by=work.olga)
        known = opened(work, applicant, first)

        assert self.raise_all(work, applicant, [MATCH], known) == []
        [second] = self.raise_all(work, applicant, [MATCH, MATCH | {"incident": UUID(int=8)}], known)
        assert opened(work, applicant, second)[second.pk]["match"]["incident"] == str(UUID(int=8))

    def test_nothing_is_raised_where_somebody_was_faster(self, work, applicant):
        make_question(applicant, by=work.tim)
        self.raise_all(work, applicant, [MATCH], {})

        assert self.raise_all(work, applicant, [MATCH | {"incident": UUID(int=9)}], {}) == []
        assert self.raise_all(work, applicant, [MATCH | {"incident": UUID(int=9)}], {random_id(): {}}) == []
        assert queries.incident_questions(applicant).count() == 1

    def test_two_who_look_at_once_raise_it_once(self, work, applicant):
        both = threading.Barrier(2)

        def look():
            both.wait()
            self.raise_all(work, applicant, [MATCH], {})
            connection.close()

        threads = [threading.Thread(target=look) for _place in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert Question.objects.count() == 1


class TestWhatBecomesOfIt:
    def test_asked_answered_settled(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        operations.mark_asked(question=question, by=work.tim)
        question.refresh_from_db()
        assert (question.state, question.asked_by, question.version) == ("asked", work.tim, 2)

        operations.record_answer(
            question=question, content=CONTRADICTION | {"answers": [ANSWER]}, by=work.olga
        )
        question.refresh_from_db()
        assert (question.state, question.asked_by, question.version) == ("answered", work.tim, 3)
        assert opened(work, applicant, question)[question.pk]["answers"] == [ANSWER]

        operations.settle_question(question=question, how="stands", content=None, by=work.olga)
        question.refresh_from_db()
        assert (question.state, question.settled_how, question.settled_by) == ("settled", "stands", work.olga)
        assert opened(work, applicant, question)[question.pk]["answers"] == [ANSWER]
        assert logged("vetting.question_settled", applicant).detail == "Grey Heron: stands"

    def test_an_answer_without_asking_first_says_who_asked(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        operations.record_answer(question=question, content=CONTRADICTION, by=work.tim)

        question.refresh_from_db()
        assert (question.asked_by, question.asked_at is not None) == (work.tim, True)

    def test_who_writes_on_an_older_state_is_refused(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        late = Question.objects.select_related("applicant").get(pk=question.pk)
        operations.record_answer(question=question, content=CONTRADICTION, by=work.olga)

        with pytest.raises(QuestionChangedMeanwhile):
            operations.record_answer(question=late, content={}, by=work.tim)
        assert opened(work, applicant, question)[question.pk] == CONTRADICTION

    def test_what_is_settled_is_not_asked_again(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        operations.settle_question(question=question, how="explained", content=None, by=work.olga)
        question.refresh_from_db()

        with pytest.raises(NotWithQuestion):
            operations.mark_asked(question=question, by=work.tim)
        with pytest.raises(NotWithQuestion):
            operations.record_answer(question=question, content={}, by=work.tim)

    def test_how_it_was_settled_can_be_changed(self, work, applicant):
        question = make_question(applicant, by=work.olga)
        operations.settle_question(question=question, how="withdrawn", content=None, by=work.olga)
        question.refresh_from_db()
        operations.settle_question(question=question, how="explained", content=None, by=work.tim)

        question.refresh_from_db()
        assert (question.settled_how, question.settled_by) == ("explained", work.tim)

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "guilty"},
            {"kind": "verdict"},
            {"state": "settled"},
            {"settled_how": "explained"},
            {"state": "answered"},
            {"asked_at": "2026-11-01T10:00Z"},
        ],
    )
    def test_the_database_refuses_halves(self, work, applicant, fields):
        question = make_question(applicant, by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**fields)
