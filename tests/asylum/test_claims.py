"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline, Note
from cases.applicants.operations import join_household, move_stage
from cases.applicants.refusals import StageBlocked
from cases.asylum import operations, queries
from cases.asylum.models import Claim, SetDate, Step, StepKind
from cases.asylum.refusals import Carries, NoMinor, NotOpen, NotYet, OfAParent, Stands, TooEarly, WhyMoved
from cases.asylum.steps import NEEDS, possible
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant
from tests.asylum.making import happened, make_claim

pytestmark = pytest.mark.django_db
REGISTERED = {"registered": "2026-03-10", "attested": "2026-03-10"}
FILED = REGISTERED | {"filed": "2026-03-27"}
# What lies behind each step, in its order, and the decision that opens the way.
PATHS = {
    "spada": ({}, ""),
    "registered": ({}, ""),
    "narrative": ({}, ""),
    "attested": ({"registered": "2026-03-10"}, ""),
    "renewed": (REGISTERED, ""),
    "filed": (REGISTERED, ""),
    "sent_back": (FILED, ""),
    "completed": (FILED | {"sent_back": "2026-04-01"}, ""),
    "interview": (FILED, ""),
    "decided": (FILED, ""),
    "legal_aid": (FILED | {"decided": "2026-06-04"}, "rejected"),
    "appeal": (FILED | {"decided": "2026-06-04"}, "subsidiary"),
    "hearing": (FILED | {"decided": "2026-06-04", "appeal": "2026-06-20"}, "rejected"),
    "court_decided": (FILED | {"decided": "2026-06-04", "appeal": "2026-06-20"}, "rejected"),
    "hit": ({"registered": "2026-03-10"}, ""),
    "take_charge": ({"registered": "2026-03-10"}, ""),
    "france": ({"registered": "2026-03-10", "take_charge": "2026-04-10"}, ""),
    "transfer": ({"registered": "2026-03-10", "take_charge": "2026-04-10"}, ""),
    "travel_asked": (FILED | {"decided": "2026-06-04"}, "refugee"),
    "travel_held": (FILED | {"decided": "2026-06-04", "travel_asked": "2026-07-01"}, "refugee"),
    "withdrawn": ({"registered": "2026-03-10"}, ""),
    "closed": ({"registered": "2026-03-10"}, ""),
    "reopened": ({"registered": "2026-03-10", "closed": "2026-05-04"}, ""),
}


def note(claim, kind, by, on="2026-09-01", result="", **more):
    said = result or ("rejected" if kind in ("decided", "court_decided") else "")
    return operations.add_step(
        id=more.get("id") or random_id(),
        claim=claim,
        kind=kind,
        on=date.fromisoformat(on),
        result=said,
        by=by,
    )


def open_deadlines(applicant):
    found = Deadline.objects.filter(applicant=applicant, rule__startswith="asylum.", met_at=None)
    return {one.rule: timezone.localdate(one.due_at).isoformat() for one in found}


class TestOpening:
    def test_once_for_a_person_and_recorded_last(self, applicant, work, recorded):
        claim = make_claim(applicant, by=work.olga)

        assert recorded()[-1] == "asylum.claim_opened"
        assert make_claim(applicant, by=work.tim) == claim
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(applicant=applicant, opened_by=work.olga)

    def test_a_partner_has_a_claim_alone_and_a_child_hangs_on_a_parents(self, applicant, work):
        partner = make_applicant(by=work.olga, pseudonym="Grey Egret", category="partner")
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        for one, kinship in ((partner, "spouse"), (child, "child")):
            facts = {"kinship": kinship, "has_certificate": True, "travels_with": True}
            join_household(applicant=one, with_applicant=applicant, **facts, by=work.olga)
        claim = make_claim(applicant, by=work.olga)

        assert make_claim(partner, by=work.olga).applicant == partner
        with pytest.raises(OfAParent):
            make_claim(child, by=work.olga)
        with pytest.raises(NoMinor):
            operations.attach_minor(claim=claim, minor=partner, by=work.olga)
        made = operations.attach_minor(claim=claim, minor=child, by=work.olga)
        assert operations.attach_minor(claim=claim, minor=child, by=work.olga) == made
        assert queries.claim_of(child) == claim
        with pytest.raises(NoMinor):
            operations.attach_minor(claim=Claim.objects.get(applicant=partner), minor=child, by=work.olga)
        operations.detach_minor(minor=made, by=work.olga)
        assert queries.claim_of(child) is None

    def test_a_child_of_another_household_is_not_attached(self, applicant, work):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        with pytest.raises(NoMinor):
            operations.attach_minor(claim=make_claim(applicant, by=work.olga), minor=child, by=work.olga)

    def test_a_child_that_is_alone_claims_alone(self, work):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")

        assert make_claim(child, by=work.olga).applicant == child

    @pytest.mark.parametrize(("band", "minor"), [("15-17", True), ("18-19", False), ("", True)])
    def test_the_age_that_is_known_outranks_the_category(self, work, band, minor):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        child.age_band = band

        assert queries.is_minor(child) is minor


class TestSteps:
    @pytest.mark.parametrize("kind", StepKind.values)
    def test_each_can_be_noted_when_what_it_needs_lies_behind_it(self, applicant, work, kind):
        behind, result = PATHS[kind]
        claim = happened(make_claim(applicant, by=work.olga), by=work.olga, result=result, **behind)

        assert kind in possible(queries.steps_of(claim))
        assert note(claim, kind, work.olga).step.kind == kind

    @pytest.mark.parametrize("kind", [kind.value for kind, needs in NEEDS.items() if needs.after])
    def test_and_not_before(self, applicant, work, kind):
        behind, result = PATHS[kind]
        short = dict(list(behind.items())[:-1])
        claim = make_claim(applicant, by=work.olga)
        happened(
            claim, by=work.olga, result=result, **({} if len(behind) == 1 else _without(behind, kind, short))
        )

        assert kind not in possible(queries.steps_of(claim))
        with pytest.raises(NotYet):
            note(claim, kind, work.olga)

    @pytest.mark.parametrize(
        ("result", "ground", "kept"),
        [("rejected", "facts", "facts"), ("rejected", None, "unsaid"), ("refugee", "facts", "")],
    )
    def test_why_is_kept_of_a_rejection_alone(self, applicant, work, result, ground, kept):
        claim = make_claim(applicant, by=work.olga, **FILED)
        said = {"ground": ground} if ground else {}
        on = date(2026, 9, 1)
        noted = operations.add_step(
            id=random_id(), claim=claim, kind="decided", on=on, result=result, **said, by=work.olga
        )

        assert noted.step.ground == kept
        for wrong in ("invented", "" if kept else "facts"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Step.objects.filter(pk=noted.step.pk).update(ground=wrong)

    def test_the_case_moves_with_the_reason(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **FILED)
        Applicant.objects.filter(pk=applicant.pk).update(stage="ofpra_interview")
        operations.add_step(
            id=random_id(),
            claim=claim,
            kind="decided",
            on=date(2026, 9, 1),
            result="rejected",
            ground="risk",
            by=work.olga,
        )

        change = applicant.stage_changes.latest("at")
        assert (change.target, change.code) == ("rejected_ofpra", "risk")

    def test_a_rejection_asks_why_beside_the_field(self, applicant, work, browse):
        claim = make_claim(applicant, by=work.olga, **FILED)
        said = {"new_id": str(random_id()), "kind": "decided", "on": "1.9.2026", "result": "rejected"}
        answer = browse(work.olga).send(reverse("asylum:step", args=[claim.pk]), **said)

        assert list(answer.context["form"].errors) == ["ground"]

    @pytest.mark.parametrize(
        ("kind", "result", "possible_"),
        [
            ("appeal", "rejected", True),
            ("appeal", "subsidiary", True),
            ("appeal", "refugee", False),
            ("legal_aid", "refugee", False),
            ("travel_asked", "refugee", True),
            ("travel_asked", "subsidiary", True),
            ("travel_asked", "rejected", False),
        ],
    )
    def test_the_decision_opens_one_way_or_the_other(self, applicant, work, kind, result, possible_):
        claim = happened(
            make_claim(applicant, by=work.olga, **FILED), by=work.olga, decided="2026-06-04", result=result
        )

        assert (kind in possible(queries.steps_of(claim))) is possible_

    def test_one_of_a_kind_except_what_repeats(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        with pytest.raises(Stands):
            note(claim, "attested", work.olga)
        for _time in range(2):
            note(claim, "renewed", work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(claim=claim, kind="attested", on=date(2026, 4, 1), added_by=work.olga)

    def test_none_before_the_step_on_which_it_rests(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        with pytest.raises(TooEarly):
            note(claim, "filed", work.olga, on="2026-03-09")
        assert note(claim, "filed", work.olga, on="2026-03-10").step.on == date(2026, 3, 10)

    def test_the_same_sending_again_notes_nothing_twice(self, applicant, work):
        claim, same = make_claim(applicant, by=work.olga), random_id()

        first = note(claim, "registered", work.olga, id=same)
        assert note(claim, "registered", work.olga, id=same).step == first.step

    def test_the_database_wants_a_result_with_a_decision_and_only_there(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **FILED)
        for kind, result in (("decided", ""), ("interview", "refugee"), ("born", "")):
            with pytest.raises(IntegrityError), transaction.atomic():
                Step.objects.create(
                    claim=claim, kind=kind, result=result, on=date(2026, 6, 4), added_by=work.olga
                )

    def test_it_is_taken_back_only_while_nothing_rests_on_it(self, applicant, work, recorded):
        claim = make_claim(applicant, by=work.olga, **FILED)
        with pytest.raises(Carries):
            operations.take_back(claim=claim, kind="attested", by=work.olga)
        operations.take_back(claim=claim, kind="filed", by=work.tim)
        assert recorded()[-1] == "asylum.step_taken_back"
        operations.take_back(claim=claim, kind="attested", by=work.olga)
        operations.take_back(claim=claim, kind="attested", by=work.olga)
        assert [step.kind for step in queries.steps_of(claim)] == ["registered"]


def _without(behind, kind, short):
    """All that lies behind a step but what it rests on."""
    left = dict(behind)
    for needed in NEEDS[StepKind(kind)].after:
        left.pop(needed, None)
    return left


class TestStages:
    def at(self, applicant, stage):
        Applicant.objects.filter(pk=applicant.pk).update(stage=stage)
        applicant.refresh_from_db()

    def test_the_case_moves_along_where_the_stages_allow_it(self, applicant, work):
        self.at(applicant, "arrived")
        claim = make_claim(applicant, by=work.olga)
        for kind, stage in (
            ("spada", "spada"),
            ("registered", "guda"),
            ("attested", "guda"),
            ("take_charge", "responsibility"),
            ("filed", "ofpra_filed"),
            ("interview", "ofpra_interview"),
            ("decided", "rejected_ofpra"),
            ("appeal", "cnda"),
            ("court_decided", "rejected_final"),
        ):
            noted = note(claim, kind, work.olga)
            applicant.refresh_from_db()
            assert applicant.stage == stage
            assert (noted.moved == stage) is (kind != "attested")

    def test_elsewhere_it_stays_and_the_step_is_noted(self, applicant, work):
        noted = note(make_claim(applicant, by=work.olga), "registered", work.olga)

        assert (noted.moved, noted.stays) == (None, ())
        applicant.refresh_from_db()
        assert applicant.stage == "contact"

    def test_who_may_not_move_cases_notes_the_step_alone(self, applicant, work):
        self.at(applicant, "arrived")
        noted = note(make_claim(applicant, by=work.olga), "spada", work.audrey)

        assert noted.moved is None
        assert len(noted.stays) == 1
        applicant.refresh_from_db()
        assert applicant.stage == "arrived"

    def test_minors_move_with_the_claim(self, applicant, work):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        facts = {"kinship": "child", "has_certificate": True, "travels_with": True}
        join_household(applicant=child, with_applicant=applicant, **facts, by=work.olga)
        for one in (applicant, child):
            self.at(one, "spada")
        claim = make_claim(applicant, by=work.olga)
        operations.attach_minor(claim=claim, minor=child, by=work.olga)
        note(claim, "registered", work.olga)

        child.refresh_from_db()
        assert child.stage == "guda"

    @pytest.mark.parametrize(
        ("source", "target", "behind"),
        [
            ("spada", "guda", {"registered": "2026-03-10"}),
            ("ofpra_interview", "rejected_ofpra", FILED | {"decided": "2026-06-04"}),
        ],
    )
    def test_a_stage_whose_deadlines_hang_on_a_day_waits_for_it(
        self, applicant, work, source, target, behind
    ):
        self.at(applicant, source)
        with pytest.raises(StageBlocked):
            move_stage(applicants=[applicant], target=target, reason="", by=work.olga)
        self.at(applicant, "contact")
        make_claim(applicant, by=work.olga, **behind)
        self.at(applicant, source)

        [moved] = move_stage(applicants=[applicant], target=target, reason="", by=work.olga)
        assert moved.stage == target


class TestDates:
    def test_what_a_rule_counts_stands_among_the_deadlines_of_the_case(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        assert open_deadlines(applicant) == {
            "asylum.filing": "2026-03-31",
            "asylum.certificate": "2026-04-10",
        }
        deadline = Deadline.objects.get(rule="asylum.filing")
        assert (deadline.subject, deadline.is_ours) == (str(claim.pk), False)

        note(claim, "filed", work.olga, on="2026-03-27")
        assert "asylum.filing" not in open_deadlines(applicant)
        deadline.refresh_from_db()
        assert deadline.met_at is not None

    def test_a_step_taken_back_takes_its_deadline_with_it(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **FILED, decided="2026-06-04")
        operations.take_back(claim=claim, kind="decided", by=work.olga)

        assert "asylum.appeal" not in open_deadlines(applicant)
        assert not Deadline.objects.filter(rule="asylum.appeal").exists()

    def test_what_was_met_comes_again_when_that_is_taken_back(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **FILED)
        operations.take_back(claim=claim, kind="filed", by=work.olga)

        assert open_deadlines(applicant)["asylum.filing"] == "2026-03-31"

    def test_an_unknown_day_is_set_by_hand_with_where_it_comes_from(self, applicant, work, recorded):
        claim = make_claim(applicant, by=work.olga, **FILED)
        operations.set_date(
            claim=claim, kind="interview", due_on=date(2026, 6, 1), basis="letter", by=work.olga
        )

        assert recorded()[-1] == "asylum.date_set"
        assert open_deadlines(applicant)["asylum.interview"] == "2026-06-01"
        note(claim, "interview", work.olga, on="2026-06-01")
        assert "asylum.interview" not in open_deadlines(applicant)

    def test_a_day_is_moved_only_with_a_reason_and_the_old_one_stays_to_be_seen(
        self, applicant, work, recorded
    ):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        move = {"claim": claim, "kind": "filing", "due_on": date(2026, 4, 8), "basis": "authority"}
        for why in ("", "  "):
            with pytest.raises(WhyMoved):
                operations.set_date(**move, why=why, by=work.olga)
        operations.set_date(**move, why="OFPRA gave a week more", by=work.tim)

        assert recorded()[-1] == "asylum.date_moved"
        assert Note.objects.get().text == "OFPRA gave a week more"
        line = queries.line_of(claim, "filing")
        assert (line.standing.due_on, [one.due_on for one in line.past]) == (
            date(2026, 4, 8),
            [date(2026, 3, 31)],
        )
        assert open_deadlines(applicant)["asylum.filing"] == "2026-04-08"

    def test_the_same_day_again_is_no_move(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **FILED)
        same = {"claim": claim, "kind": "interview", "due_on": date(2026, 6, 1), "basis": "letter"}

        assert operations.set_date(**same, by=work.olga) == operations.set_date(**same, by=work.tim)

    def test_a_day_set_by_hand_outlasts_new_counting(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        operations.set_date(
            claim=claim, kind="filing", due_on=date(2026, 4, 8), basis="lawyer", why="agreed", by=work.olga
        )
        operations.set_law(
            claim=claim, procedure="apr", responsibility="", track="standard", why="x", by=work.olga
        )

        assert open_deadlines(applicant) == {"asylum.filing": "2026-04-08"}

    def test_what_is_not_open_has_no_day(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        with pytest.raises(NotOpen):
            operations.set_date(
                claim=claim, kind="appeal", due_on=date(2026, 6, 1), basis="lawyer", by=work.olga
            )

    def test_the_database_wants_a_rule_or_a_basis_and_one_standing_day(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, **REGISTERED)
        day = {"claim": claim, "due_on": date(2026, 6, 1), "set_by": work.olga}
        for more in (
            {"kind": "appeal"},
            {"kind": "filing", "basis": "letter"},
            {"kind": "tea", "basis": "letter"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                SetDate.objects.create(**day, **more)


class TestLaw:
    def test_the_registration_decides_unless_somebody_said_otherwise(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, spada="2026-06-10")
        assert claim.procedure == "ceseda"
        operations.set_law(
            claim=claim, procedure="ceseda", responsibility="ammr", track="accelerated", why="x", by=work.olga
        )
        happened(claim, by=work.olga, registered="2026-06-15")

        assert (claim.procedure, claim.responsibility, claim.track) == ("ceseda", "ammr", "accelerated")

    def test_another_law_counts_anew_and_what_is_no_longer_known_goes(self, applicant, work, recorded):
        claim = make_claim(applicant, by=work.olga, **FILED, decided="2026-06-04")
        assert open_deadlines(applicant)["asylum.appeal"] == "2026-07-06"
        operations.set_law(
            claim=claim,
            procedure="apr",
            responsibility="dublin",
            track="standard",
            why="the lawyer",
            by=work.olga,
        )

        assert recorded()[-1] == "asylum.law_set"
        assert "asylum.appeal" not in open_deadlines(applicant)
        line = queries.line_of(claim, "appeal")
        assert (line.standing, [one.due_on for one in line.past]) == (None, [date(2026, 7, 6)])

    def test_the_track_alone_leaves_the_law_to_the_day(self, applicant, work):
        claim = make_claim(applicant, by=work.olga, spada="2026-06-10")
        same = {"procedure": claim.procedure, "responsibility": claim.responsibility}
        operations.set_law(claim=claim, **same, track="accelerated", why="x", by=work.olga)
        happened(claim, by=work.olga, registered="2026-06-15")

        assert (claim.procedure, claim.track) == ("apr", "accelerated")

    def test_nothing_changed_is_nothing_recorded(self, applicant, work, recorded):
        claim = make_claim(applicant, by=work.olga)
        before = recorded()
        same = {"procedure": claim.procedure, "responsibility": claim.responsibility, "track": claim.track}
        operations.set_law(claim=claim, **same, why="x", by=work.olga)

        assert recorded() == before
