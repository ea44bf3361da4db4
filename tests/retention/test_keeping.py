"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits, Cora coordinates and sees nothing here."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, Note, StageChange
from cases.applicants.refusals import OnHold, StageBlocked
from cases.retention import operations, queries
from cases.retention.models import KeptLonger, RecordClass, RetentionRule
from cases.retention.refusals import ContactLater, NoEnding, StillOpen
from cases.staff.models import random_id

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def stood(applicant, stage, *, days, last_contact=None):
    """In this stage since so many days, without a way there."""
    since = timezone.now() - timedelta(days=days)
    Applicant.objects.filter(pk=applicant.pk).update(
        stage=stage, stage_since=since, created_at=since, last_contact_on=last_contact
    )
    applicant.refresh_from_db()
    return applicant


def keep(applicant, by, **more):
    facts = {"id": random_id(), "reason": "claim", "until": timezone.localdate() + timedelta(days=60)}
    return operations.keep_longer(applicant=applicant, by=by, **(facts | more))


def listed(user):
    """Whom the list shows; the desk counts as many."""
    found = [one.applicant.pseudonym for one in queries.reviews_for(user)]
    assert queries.number_of_reviews(user) == len(found)
    return found


class TestTheDay:
    @pytest.mark.parametrize(
        ("stage", "days", "last_contact", "due"),
        [
            ("contact", 30, None, True),
            ("contact", 29, None, False),
            ("contact", 400, 30, True),
            ("contact", 400, 29, False),
            ("intake", 4000, None, False),
            ("declined", 183, 1, True),
            ("declined", 182, None, False),
            ("withdrawn", 730, None, True),
            ("withdrawn", 900, 729, False),
            ("protected", 10, 730, True),
            ("merged", 4000, None, False),
        ],
    )
    def test_it_is_counted_by_the_class_of_record(self, applicant, work, stage, days, last_contact, due):
        stood(applicant, stage, days=days, last_contact=last_contact and ago(last_contact))

        assert listed(work.olga) == (["Grey Heron"] if due else [])
        review = queries.review_of(applicant)
        assert (review is not None and review.is_due) == due

    def test_a_rule_that_says_no_days_lists_nobody(self, applicant, work):
        RetentionRule.objects.filter(record_class="contact").update(days=None, most_days=None)
        stood(applicant, "contact", days=4000)

        assert listed(work.olga) == []
        assert queries.review_of(applicant).due is None

    def test_the_rule_in_force_counts(self, applicant, work):
        stood(applicant, "contact", days=40)
        RetentionRule.objects.filter(record_class="contact").update(ends=ago(1))
        assert listed(work.olga) == []
        RetentionRule.objects.create(
            key="contact-35", record_class="contact", days=35, begins=ago(0), source="x", confidence="known"
        )
        assert listed(work.olga) == ["Grey Heron"]

    def test_declined_cases_are_too_long_there_after_a_year(self, applicant):
        assert not queries.review_of(stood(applicant, "declined", days=364)).is_late
        assert queries.review_of(stood(applicant, "declined", days=365)).is_late

    def test_every_class_has_a_row_with_its_source(self):
        assert set(queries.rules()) == set(RecordClass.values)
        assert all(one.source for one in queries.rules().values())
        assert queries.rules()["evidence"].days is None

    def test_who_does_not_work_on_a_case_is_not_asked(self, applicant, work):
        stood(applicant, "contact", days=40)

        assert (listed(work.olga), listed(work.tim), listed(work.nina)) == (
            ["Grey Heron"],
            ["Grey Heron"],
            [],
        )


class TestKeepingLonger:
    def test_it_leaves_the_list_and_comes_back(self, applicant, work, recorded):
        stood(applicant, "contact", days=40)
        kept = keep(applicant, work.olga)

        assert listed(work.olga) == []
        assert recorded()[-1] == "retention.kept_longer"
        KeptLonger.objects.filter(pk=kept.pk).update(on=ago(3), until=ago(0))
        assert listed(work.olga) == ["Grey Heron"]

    def test_the_same_id_again_decides_once(self, applicant, work):
        stood(applicant, "contact", days=40)
        same = random_id()

        assert keep(applicant, work.olga, id=same) == keep(applicant, work.olga, id=same)
        assert KeptLonger.objects.count() == 1

    def test_a_case_under_way_needs_no_decision(self, applicant, work):
        with pytest.raises(StillOpen):
            keep(stood(applicant, "intake", days=400), work.olga)

    @pytest.mark.parametrize("wrong", [{"until": timezone.localdate()}, {"reason": "because"}])
    def test_the_database_wants_a_reason_and_a_day_to_come(self, applicant, work, wrong):
        facts = {"reason": "claim", "until": timezone.localdate() + timedelta(days=3)} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptLonger.objects.create(applicant=applicant, by=work.olga, **facts)

    def test_the_words_are_a_note_and_no_name_gets_into_it(self, applicant, work, browse):
        stood(applicant, "contact", days=40)
        url = reverse("retention:keep", args=[applicant.pk])
        until = str(timezone.localdate() + timedelta(days=60))
        olga = browse(work.olga, unlocked=True)
        told = olga.send(
            url, new_id=str(random_id()), reason="wish", until=until, known="Кулебякин asked for it"
        )
        assert told.status_code == 422
        assert not KeptLonger.objects.exists()

        said = olga.send(
            url, new_id=str(random_id()), reason="wish", until=until, known="asked for it on Monday"
        )
        assert said.status_code == 204
        assert Note.objects.get().text == "asked for it on Monday"

    def test_a_day_that_is_over_is_refused_beside_the_field(self, applicant, work, browse):
        stood(applicant, "contact", days=40)
        answer = browse(work.olga).send(
            reverse("retention:keep", args=[applicant.pk]),
            new_id=str(random_id()),
            reason="wish",
            until=str(ago(1)),
            known="typed before",
        )

        assert answer.status_code == 422
        assert "Choose a day to come." in answer.content.decode()
        assert "typed before" in answer.content.decode()

    def test_nothing_goes_by_itself_and_a_hold_is_said(self, applicant, work, browse):
        stood(applicant, "withdrawn", days=4000)
        applicants.set_hold(applicant=applicant, reason="claim", review_on=ago(-30), by=work.tim)
        page = browse(work.olga).get(reverse("retention:reviews")).content.decode()

        assert "legal hold" in page
        assert reverse("applicants:erase", args=[applicant.pk]) not in page
        with pytest.raises(OnHold):
            applicants.ask_erasure(applicants=[applicant], reason="retention", by=work.olga)
        assert Applicant.objects.filter(pk=applicant.pk).exists()

    def test_what_is_asked_to_be_erased_is_said(self, applicant, work, browse):
        stood(applicant, "withdrawn", days=4000)
        olga = browse(work.olga)
        assert reverse("applicants:erase", args=[applicant.pk]) in olga.get("/keeping/").content.decode()
        applicants.ask_erasure(applicants=[applicant], reason="retention", by=work.olga)

        assert "erasing is asked for" in olga.get("/keeping/").content.decode()


class TestClosing:
    def close(self, applicant, by, **more):
        facts = {"outcome": "withdrawn", "reason": "stays where he is", "last_contact_on": ago(3)}
        operations.close_case(applicant=applicant, by=by, **(facts | more))
        applicant.refresh_from_db()

    def test_it_ends_with_an_outcome_and_the_last_contact(self, applicant, work, recorded):
        self.close(applicant, work.olga)

        change = StageChange.objects.get()
        assert (applicant.stage, applicant.last_contact_on) == ("withdrawn", ago(3))
        assert (change.target, change.reason, change.by) == ("withdrawn", "stays where he is", work.olga)
        assert recorded()[-2:] == ["applicants.stage_moved", "retention.closed"]
        assert queries.review_of(applicant).since == ago(3)

    def test_closing_twice_does_nothing_twice(self, applicant, work):
        self.close(applicant, work.olga)
        self.close(applicant, work.olga, last_contact_on=ago(1))

        assert (StageChange.objects.count(), applicant.last_contact_on) == (1, ago(3))

    def test_a_later_contact_is_not_forgotten(self, applicant, work):
        Applicant.objects.filter(pk=applicant.pk).update(last_contact_on=ago(1))
        for day in (ago(3), None):
            with pytest.raises(ContactLater):
                self.close(applicant, work.olga, last_contact_on=day)
        applicant.refresh_from_db()
        assert (applicant.stage, applicant.last_contact_on) == ("contact", ago(1))

    def test_the_table_of_transitions_says_who_ends_what(self, applicant, work):
        with pytest.raises(NoEnding):
            self.close(applicant, work.olga, outcome="intake")
        with pytest.raises(StageBlocked):
            self.close(applicant, work.olga, outcome="declined")
        with pytest.raises(StageBlocked):
            self.close(applicant, work.olga, reason="")
        applicant.refresh_from_db()
        assert (applicant.stage, applicant.last_contact_on) == ("contact", None)

    def test_by_the_page(self, applicant, work, browse):
        applicants.add_task(
            id=random_id(), applicant=applicant, title="call", due_on=None, owner=work.olga, by=work.olga
        )
        url, olga = reverse("retention:close", args=[applicant.pk]), browse(work.olga)
        assert "1 task is still open" in olga.get(url).content.decode()
        asked = {"outcome": "disappeared", "reason": "no answer", "last_contact_on": str(ago(9))}
        assert olga.send(url, **(asked | {"reason": ""})).status_code == 422
        assert olga.send(url, **(asked | {"last_contact_on": str(ago(-1))})).status_code == 422
        assert olga.send(url, **(asked | {"outcome": "merged"})).status_code == 422
        assert Applicant.objects.get(pk=applicant.pk).stage == "contact"

        assert [olga.send(url, **asked).status_code for _time in range(2)] == [204, 204]
        found = Applicant.objects.get(pk=applicant.pk)
        assert (found.stage, found.last_contact_on) == ("disappeared", ago(9))
        assert StageChange.objects.count() == 1
        panel = olga.get(reverse("retention:panel", args=[applicant.pk])).content.decode()
        assert "Closed case" in panel

    def test_outsiders_find_no_page(self, applicant, work, browse):
        for name in ("retention:close", "retention:keep", "retention:panel"):
            assert browse(work.nina).get(reverse(name, args=[applicant.pk])).status_code == 404
            assert browse(work.audrey).get(reverse(name, args=[applicant.pk])).status_code == 403
        assert browse(work.vera).get("/keeping/").status_code == 403
        assert browse(work.nina).get("/keeping/").status_code == 200
