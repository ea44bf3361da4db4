from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant, Erasure, LegalHold
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant
from tests.applicants.test_view_edit import opened
from tests.erasing.full_case import ask

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"applicants:{name}", args=[thing.pk])


def says(answer):
    return answer.content.decode()


class TestAsk:
    def test_the_page_says_what_it_means_and_asks(self, applicant, work, browse):
        olga = browse(work.olga)
        gone = timezone.localdate() + timedelta(days=31)
        assert f"{gone:%-d %b %Y}" in says(olga.get(url("erase", applicant)))

        answer = olga.send(url("erase", applicant), reason="wish")

        assert answer.status_code == 204
        run = Erasure.objects.get()
        assert (run.reason, run.asked_by, run.cases.get().case) == ("wish", work.olga, applicant.pk)
        assert "Olga Owner asked on" in says(olga.get(applicant.get_absolute_url()))

    def test_the_household_comes_along_if_chosen(self, applicant, work, browse):
        wife = make_applicant(by=work.olga, category="partner")
        facts = {"kinship": "spouse", "has_certificate": None, "travels_with": True}
        operations.join_household(applicant=wife, with_applicant=applicant, **facts, by=work.olga)

        browse(work.olga).send(url("erase", applicant), reason="wish", along=[str(wife.pk)])

        assert {one.case for one in Erasure.objects.get().cases.all()} == {applicant.pk, wife.pk}

    def test_without_a_reason_it_is_not_asked(self, applicant, work, browse):
        answer = browse(work.olga).send(url("erase", applicant), reason="")
        assert (answer.status_code, Erasure.objects.count()) == (422, 0)
        assert "This field is required" in says(answer)

    def test_a_stranger_cannot_be_brought_along(self, applicant, work, browse):
        other = make_applicant(by=work.nina)
        answer = browse(work.olga).send(url("erase", applicant), reason="wish", along=[str(other.pk)])
        assert [one.case for run in Erasure.objects.all() for one in run.cases.all()] in ([], [applicant.pk])
        assert answer.status_code in (204, 422)

    def test_who_works_on_it_withdraws(self, applicant, asked, work, browse):
        browse(work.olga).send(url("erase_withdraw", applicant))
        asked.refresh_from_db()
        assert asked.answer == "withdrawn"

    @pytest.mark.parametrize("name", ["erase", "hold", "erase_withdraw", "hold_end"])
    def test_for_an_outsider_there_is_no_case(self, applicant, work, browse, name):
        assert browse(work.nina).send(url(name, applicant)).status_code == 404
        assert browse(work.vera).send(url(name, applicant)).status_code == 403

    @pytest.mark.parametrize("name", ["erase_withdraw", "hold_end"])
    def test_reading_ends_nothing(self, applicant, work, browse, name):
        assert browse(work.olga).get(url(name, applicant)).status_code == 405


class TestApprove:
    def test_the_desk_says_it_and_the_page_does_it(self, applicant, asked, work, browse):
        cora = browse(work.cora)
        desk = says(cora.get(reverse("desk:home")))
        assert "Olga Owner asks to erase 1 case" in desk
        assert "Grey Heron" in says(cora.get(url("erasure", asked)))

        answer = cora.send(url("erasure", asked))

        assert answer.headers["HX-Redirect"] == url("certificate", asked)
        assert not Applicant.objects.exists()
        assert "asks to erase" not in says(cora.get(reverse("desk:home")))

    def test_pages_that_colleagues_have_open_find_nothing_any_more(self, applicant, asked, work, browse):
        olga = browse(work.olga, unlocked=True)
        assert olga.get(applicant.get_absolute_url()).status_code == 200
        operations.approve_erasure(erasure=asked, by=work.cora)

        assert olga.get(applicant.get_absolute_url()).status_code == 404
        for name, sent in (
            ("note", {"text": "more"}),
            ("open_name", {"reason": "papers"}),
            ("identity", {"given_name": "Ivan"}),
        ):
            assert olga.send(url(name, applicant), **sent).status_code == 404, name
        assert not Applicant.objects.exists()

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    @pytest.mark.parametrize(
        ("name", "operation", "sent"),
        [
            ("note", "add_note", lambda olga, applicant: {"new_id": str(random_id()), "text": "He called"}),
            ("edit", "edit_applicant", opened),
            ("contact", "seal_contact", lambda olga, applicant: {"phone": "+7 701 555 01 09"}),
        ],
    )
    def test_what_is_sent_while_it_is_erased_is_answered_as_unknown(
        self, applicant, asked, work, browse, monkeypatch, name, operation, sent
    ):
        """Between the moment in which the page found the case and the one in which it saves."""
        olga = browse(work.olga, unlocked=True)
        filled = sent(olga, applicant)
        act = getattr(operations, operation)

        def erased_first(**what):
            operations.approve_erasure(erasure=asked, by=work.cora)
            return act(**what)

        monkeypatch.setattr(operations, operation, erased_first)

        answer = olga.send(url(name, applicant), **filled)

        assert answer.status_code == 404, answer.context
        assert not Applicant.objects.exists()

    def test_the_asker_does_not_approve(self, applicant, work, browse):
        run = ask(applicant, by=work.cora)
        cora = browse(work.cora)
        assert "a colleague approves what you asked for" in says(cora.get(url("erasure", run)))

        answer = cora.send(url("erasure", run))

        assert (answer.status_code, Applicant.objects.count()) == (422, 1)
        assert "Two people erase" in says(answer)

    def test_a_hold_is_said_on_the_form(self, applicant, asked, work, browse):
        day = timezone.localdate() + timedelta(days=9)
        operations.set_hold(applicant=applicant, reason="claim", review_on=day, by=work.olga)

        answer = browse(work.cora).send(url("erasure", asked))

        assert (answer.status_code, Applicant.objects.count()) == (422, 1)
        assert "Grey Heron must be kept: a legal hold stands." in says(answer)

    def test_it_is_refused(self, asked, work, browse):
        assert browse(work.cora).send(url("erasure_refuse", asked)).status_code == 204
        asked.refresh_from_db()
        assert (asked.answer, asked.answered_by) == ("refused", work.cora)

    def test_only_who_may_approve_comes_there(self, asked, work, browse):
        for person in (work.olga, work.vera, work.audrey):
            assert browse(person).send(url("erasure", asked)).status_code == 403
            assert browse(person).send(url("erasure_refuse", asked)).status_code == 403
        assert browse(work.cora).get(url("erasure_refuse", asked)).status_code == 405


class TestCertificate:
    def test_it_says_who_when_and_how_much_and_never_of_whom(self, applicant, asked, work, browse):
        ids = [str(pk) for pk in (applicant.pk, applicant.identity_safe_id, applicant.account_safe_id)]
        operations.approve_erasure(erasure=asked, by=work.cora)
        audrey = browse(work.audrey)

        page = says(audrey.get(url("certificate", asked)))

        for told in (asked.reference, "Olga Owner (olga.owner)", "Cora Coordinator (cora.coordinator)"):
            assert told in page
        assert f"{timezone.localdate() + timedelta(days=31):%-d %b %Y}" in page
        for never in ("Grey Heron", "Кулебякин", *ids):
            assert never not in page
        assert asked.reference in says(audrey.get(reverse("applicants:erasures")))

    def test_there_is_none_before_it_is_done(self, asked, work, browse):
        assert browse(work.audrey).get(url("certificate", asked)).status_code == 404
        assert "Waits for approval" in says(browse(work.audrey).get(reverse("applicants:erasures")))

    def test_the_list_asks_as_much_of_three_as_of_one(
        self, applicant, asked, work, browse, django_assert_num_queries
    ):
        cora = browse(work.cora)
        cora.get(reverse("applicants:erasures"))
        with django_assert_num_queries(10):
            cora.get(reverse("applicants:erasures"))
        for _ in range(2):
            ask(make_applicant(by=work.olga), by=work.olga)
        with django_assert_num_queries(10):
            cora.get(reverse("applicants:erasures"))


class TestHold:
    def test_it_is_set_seen_reviewed_and_ended_by_another(self, applicant, work, browse):
        olga, page = browse(work.olga), applicant.get_absolute_url()
        day = timezone.localdate() + timedelta(days=30)
        olga.send(url("hold", applicant), reason="claim", review_on=day.isoformat())
        assert "Legal hold: a claim by the person or against us." in says(olga.get(page))
        assert url("hold_end", applicant) not in says(olga.get(page))

        later = day + timedelta(days=30)
        olga.send(url("hold", applicant), review_on=later.isoformat())
        olga.send(url("hold_end", applicant))
        standing = LegalHold.objects.get()
        assert (standing.review_on, standing.ended_at) == (later, None)

        tim = browse(work.tim)
        assert url("hold_end", applicant) in says(tim.get(page))
        tim.send(url("hold_end", applicant))
        assert LegalHold.objects.get().ended_by == work.tim

    def test_a_day_that_is_over_is_said_beside_the_field_and_the_rest_stays(self, applicant, work, browse):
        day = timezone.localdate().isoformat()
        answer = browse(work.olga).send(url("hold", applicant), reason="claim", review_on=day)
        assert (answer.status_code, LegalHold.objects.count()) == (422, 0)
        assert "Choose a later one." in says(answer)
        assert day in says(answer)

    def test_the_desk_says_when_its_day_has_come(self, applicant, work, browse):
        day = timezone.localdate() + timedelta(days=1)
        operations.set_hold(applicant=applicant, reason="claim", review_on=day, by=work.olga)
        olga = browse(work.olga)
        assert "is to be looked at again." not in says(olga.get(reverse("desk:home")))

        LegalHold.objects.update(review_on=timezone.localdate())
        assert "The legal hold is to be looked at again." in says(olga.get(reverse("desk:home")))
