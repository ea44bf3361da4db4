"""A claim that is withdrawn, closed and reopened, and the re-examination that follows one that ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import join_household
from cases.asylum import operations, queries
from cases.asylum.models import Claim, DeadlineRule
from cases.asylum.refusals import AppealRuns, Carries, Followed, NotEnded, NotYet, Stopped, TooEarly, TooLate
from cases.asylum.steps import may_be_followed, possible
from cases.own_data.road import asylum
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant
from tests.asylum.making import happened, make_claim

pytestmark = pytest.mark.django_db
REGISTERED = {"registered": "2026-03-10", "attested": "2026-03-10"}
FILED = REGISTERED | {"filed": "2026-03-27"}
DECIDED = FILED | {"decided": "2026-06-04"}


def note(claim, kind, by, on="2026-07-01"):
    return operations.add_step(id=random_id(), claim=claim, kind=kind, on=date.fromisoformat(on), by=by)


def again(claim, by, id=None):
    return operations.open_again(id=id or random_id(), claim=claim, track="standard", by=by)


def running(applicant):
    return set(
        Deadline.objects.filter(applicant=applicant, rule__startswith="asylum.", met_at=None).values_list(
            "rule", flat=True
        )
    )


class TestStopping:
    @pytest.mark.parametrize("kind", ["withdrawn", "closed"])
    def test_it_ends_every_deadline_and_lets_nothing_follow(self, applicant, work, kind):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        assert running(applicant) == {"asylum.filing", "asylum.certificate"}
        note(claim, kind, work.olga)

        assert running(applicant) == set()
        assert possible(queries.steps_of(claim)) == (["reopened"] if kind == "closed" else [])
        with pytest.raises(Stopped):
            note(claim, "filed", work.olga)

    @pytest.mark.parametrize("kind", ["withdrawn", "closed"])
    def test_after_the_decision_it_is_too_late(self, applicant, work, kind):
        claim = make_claim(applicant, by=work.olga, **DECIDED)

        assert kind not in possible(queries.steps_of(claim))
        with pytest.raises(TooLate):
            note(claim, kind, work.olga)

    def test_taken_back_everything_runs_as_before(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, withdrawn="2026-03-20")
        operations.take_back(claim=claim, kind="withdrawn", by=work.olga)

        assert running(applicant) == {"asylum.filing", "asylum.certificate"}

    def test_what_is_closed_is_reopened_and_what_is_withdrawn_is_not(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, closed="2026-03-20")
        assert [line.term.kind for line in queries.lines_of(claim, queries.steps_of(claim))] == ["reopen"]
        note(claim, "reopened", work.olga, on="2026-03-25")
        assert "asylum.filing" in running(applicant)
        note(claim, "closed", work.olga, on="2026-04-25")
        note(claim, "reopened", work.olga, on="2026-04-25")
        note(claim, "withdrawn", work.olga, on="2026-05-02")

        with pytest.raises(NotYet):
            note(claim, "reopened", work.olga, on="2026-05-03")

    @pytest.mark.parametrize(("on", "fits"), [("2026-03-19", False), ("2026-03-20", True)])
    def test_not_reopened_before_it_was_closed(self, applicant, work, on, fits):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, closed="2026-03-20")
        if fits:
            assert note(claim, "reopened", work.olga, on=on).step.kind == "reopened"
        else:
            with pytest.raises(TooEarly):
                note(claim, "reopened", work.olga, on=on)

    @pytest.mark.parametrize(("on", "fits"), [("2026-03-24", False), ("2026-03-25", True)])
    def test_not_stopped_again_before_it_was_reopened(self, applicant, work, on, fits):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, closed="2026-03-20", reopened="2026-03-25")
        if fits:
            assert note(claim, "withdrawn", work.olga, on=on).step.kind == "withdrawn"
        else:
            with pytest.raises(TooEarly):
                note(claim, "withdrawn", work.olga, on=on)

    def test_reopening_is_taken_back_only_while_nothing_came_after(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, closed="2026-03-20", reopened="2026-03-25")
        note(claim, "filed", work.olga, on="2026-03-27")
        with pytest.raises(Carries):
            operations.take_back(claim=claim, kind="reopened", by=work.olga)
        operations.take_back(claim=claim, kind="filed", by=work.olga)
        operations.take_back(claim=claim, kind="reopened", by=work.olga)
        assert possible(queries.steps_of(claim)) == ["reopened"]

    def test_a_day_until_which_it_can_be_reopened_is_set_by_hand(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, closed="2026-03-20")
        operations.set_date(
            claim=claim, kind="reopen", due_on=date(2026, 12, 18), basis="lawyer", by=work.olga
        )
        assert running(applicant) == {"asylum.reopen"}
        note(claim, "reopened", work.olga, on="2026-03-25")
        assert "asylum.reopen" not in running(applicant)


class TestAgain:
    @pytest.mark.parametrize(
        ("steps", "result", "follows"),
        [
            ({}, "", False),
            (FILED, "", False),
            (DECIDED, "rejected", True),
            (DECIDED, "refugee", False),
            (DECIDED, "subsidiary", False),
            (DECIDED | {"appeal": "2026-06-20"}, "rejected", False),
            (DECIDED | {"appeal": "2026-06-20", "court_decided": "2026-10-20"}, "rejected", True),
            (FILED | {"withdrawn": "2026-05-04"}, "", True),
            (FILED | {"closed": "2026-05-04"}, "", True),
            (FILED | {"closed": "2026-05-04", "reopened": "2026-05-06"}, "", False),
        ],
    )
    def test_it_follows_what_ended_without_protection(
        self, applicant, work, recorded, steps, result, follows
    ):
        claim = happened(make_claim(applicant, by=work.olga), by=work.olga, result=result, **steps)

        assert may_be_followed(queries.steps_of(claim)) is follows
        if not follows:
            with pytest.raises(NotEnded):
                again(claim, work.olga)
            return
        made = again(claim, work.olga)
        assert (made.former, queries.claim_of(applicant)) == (claim, made)
        assert recorded()[-1] == "asylum.claim_opened_again"

    @pytest.mark.parametrize(("ahead", "runs"), [(0, True), (-1, False)])
    def test_not_while_an_appeal_is_possible(self, applicant, work, ahead, runs):
        claim = make_claim(applicant, by=work.olga, **DECIDED)
        day = timezone.localdate() + timedelta(days=ahead)
        operations.set_date(claim=claim, kind="appeal", due_on=day, basis="letter", why="x", by=work.olga)
        if runs:
            with pytest.raises(AppealRuns):
                again(claim, work.olga)
        else:
            assert again(claim, work.olga).former == claim
            assert running(applicant) == set()

    def test_the_former_stays_as_it_is(self, applicant, work):
        former = make_claim(applicant, by=work.olga, **REGISTERED, withdrawn="2026-05-04")
        same = random_id()
        made = again(former, work.olga, id=same)

        assert again(former, work.olga, id=same) == made
        law = {"procedure": "apr", "responsibility": "", "track": "standard", "why": "x"}
        for act in (
            lambda: again(former, work.tim),
            lambda: note(former, "reopened", work.olga),
            lambda: operations.take_back(claim=former, kind="withdrawn", by=work.olga),
            lambda: operations.set_law(claim=former, **law, by=work.olga),
        ):
            with pytest.raises(Followed):
                act()
        assert note(made, "registered", work.olga).step.claim == made
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(applicant=applicant, former=former, opened_by=work.olga)

    def test_its_own_registration_says_the_law_and_only_rules_for_it_count(self, applicant, work):
        former = make_claim(applicant, by=work.olga, **REGISTERED, withdrawn="2026-05-04")
        made = happened(again(former, work.olga), by=work.olga, registered="2026-07-06")
        assert (former.procedure, made.procedure, made.responsibility) == ("ceseda", "apr", "ammr")
        assert running(applicant) == set()

        known = {"number": 10, "unit": "days", "confidence": "found"}
        DeadlineRule.objects.filter(pk="filing-again-apr").update(**known)
        happened(made, by=work.olga, attested="2026-07-06")
        assert running(applicant) == {"asylum.filing"}
        assert queries.standing_dates(made).get().due_on == date(2026, 7, 16)

    @pytest.mark.parametrize(("age", "comes"), [("15-17", True), ("18-19", False)])
    def test_minors_come_along_and_who_grew_up_does_not(self, applicant, work, age, comes):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        facts = {"kinship": "child", "has_certificate": True, "travels_with": True}
        join_household(applicant=child, with_applicant=applicant, **facts, by=work.olga)
        former = make_claim(applicant, by=work.olga, **REGISTERED)
        operations.attach_minor(claim=former, minor=child, by=work.olga)
        note(former, "withdrawn", work.olga)
        Applicant.objects.filter(pk=child.pk).update(age_band=age)
        made = again(former, work.olga)

        assert made.minors.exists() is comes

    def test_a_finally_rejected_case_goes_back_to_the_registration(self, applicant, work):
        former = make_claim(
            applicant, by=work.olga, **DECIDED, appeal="2026-06-20", court_decided="2026-09-20"
        )
        Applicant.objects.filter(pk=applicant.pk).update(stage="rejected_final")

        assert note(again(former, work.olga), "registered", work.olga, on="2026-10-20").moved == "guda"

    def test_the_copy_for_the_person_holds_both(self, applicant, work):
        former = make_claim(applicant, by=work.olga, **REGISTERED, withdrawn="2026-05-04")
        happened(again(former, work.olga), by=work.olga, registered="2026-07-06")
        said = str([(line.label, line.said) for line in asylum(applicant)])

        assert "Claim withdrawn by the person" in said
        assert said.count("Registration (GUDA)") == 2


class TestPages:
    def test_from_the_button_to_the_new_claim(self, applicant, work, browse):
        olga, panel = browse(work.olga), reverse("asylum:panel", args=[applicant.pk])
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        url, same = reverse("asylum:again", args=[claim.pk]), str(random_id())
        assert url not in olga.get(panel).content.decode()
        assert olga.send(url, new_id=same, track="standard").status_code == 422
        note(claim, "withdrawn", work.olga)

        assert url in olga.get(panel).content.decode()
        assert olga.get(url).status_code == 200
        assert olga.send(url, new_id=same, track="magic").status_code == 422
        for _time in range(2):
            assert olga.send(url, new_id=same, track="standard").status_code == 204
        shown = olga.get(panel).content.decode()
        assert "The first claim" in shown
        assert reverse("asylum:take_back", args=[claim.pk, "withdrawn"]) not in shown
        assert olga.send(reverse("asylum:take_back", args=[claim.pk, "withdrawn"])).status_code == 404
        assert olga.send(url, new_id=str(random_id()), track="standard").status_code == 422

    def test_others_get_no_way_in(self, applicant, work, browse):
        claim = make_claim(applicant, by=work.olga, **REGISTERED, withdrawn="2026-05-04")
        url = reverse("asylum:again", args=[claim.pk])
        assert browse(work.nina).get(url).status_code == 404
        assert browse(work.audrey).get(url).status_code == 403
