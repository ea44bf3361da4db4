"""Every transition of the table, from both sides of each of its guards."""

from collections import defaultdict

import pytest

from cases.applicants import operations, stages
from cases.applicants.models import Applicant, StageChange
from cases.applicants.refusals import StageBlocked
from cases.applicants.stages import (
    ENDINGS,
    GUARDS,
    NEEDED,
    OPEN,
    PHASES,
    TRANSITIONS,
    Move,
    Stage,
    blocked_by,
    guard,
    phase_of,
    transition_between,
    transitions_from,
)
from cases.applicants.ways import ways_from
from cases.staff.models import User
from cases.staff.roles import Permission, Role
from cases.vault.models import Grant
from tests.applicants.factories import IDENTITY, make_applicant
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db
# One role at least may make each kind of move, and none of these took the person in.
MOVERS = {Permission.MOVE_STAGE: "tim", Permission.DECIDE_VETTING: "vera", Permission.ASSIGN: "cora"}


@pytest.fixture(autouse=True)
def the_table_alone(monkeypatch):
    """What papers and votes add to a stage is tested with them."""
    monkeypatch.setattr(stages, "_ADDED", defaultdict(list))


def at(applicant, stage):
    Applicant.objects.filter(pk=applicant.pk).update(stage=stage)
    return Applicant.objects.select_related("owner", "identity_safe").get(pk=applicant.pk)


def blocked(applicant, transition, by, reason="because"):
    return blocked_by(Move(at(applicant, transition.source), transition.target, by, reason))


def with_guard(name):
    return [transition for transition in TRANSITIONS if name in transition.guards]


def test_every_transition_is_open_when_nothing_is_missing(work, applicant):
    closed = {
        (transition.source, transition.target): found
        for transition in TRANSITIONS
        if (found := blocked(applicant, transition, getattr(work, MOVERS[transition.permission])))
    }

    assert closed == {}


def test_what_is_not_in_the_table_does_not_happen(work, applicant):
    pairs = {(source, target) for source in Stage for target in Stage} - {
        (transition.source, transition.target) for transition in TRANSITIONS
    }
    boss = make_person("Bo Boss", [Role.COORDINATOR, Role.VETTING])

    open_ways = [
        (source, target)
        for source, target in pairs
        if not blocked_by(Move(at(applicant, source), target, boss, "because"))
    ]

    assert open_ways == []
    assert len(pairs) > 700


@pytest.mark.parametrize("permission", Permission)
def test_only_who_may_makes_the_move(work, applicant, permission):
    nobody = make_person("Nil Norole", [])
    transitions = [one for one in TRANSITIONS if one.permission == permission]

    for transition in transitions:
        assert blocked(applicant, transition, nobody) == [str(NEEDED[permission])]


def test_the_vetting_is_decided_by_vetting_officers_alone(work, applicant):
    [to_vetted] = [one for one in TRANSITIONS if one.target == Stage.VETTED]

    assert blocked(applicant, to_vetted, work.tim) == [
        "A vetting officer decides this. Share the case with one."
    ]
    assert blocked(applicant, to_vetted, work.vera) == []


def test_without_a_sealed_name_there_is_no_intake(work):
    nameless = make_applicant(by=work.olga)

    assert with_guard("name_sealed")
    for transition in with_guard("name_sealed"):
        assert blocked(nameless, transition, work.tim) == [
            "The name is not sealed yet. Add it under “Name and birth date”."
        ]


def test_without_an_owner_there_is_no_vetting(work, applicant):
    assert with_guard("owner_assigned")
    for fields in ({"owner": None}, {"owner": make_person("Ex Gone", is_active=False)}):
        Applicant.objects.filter(pk=applicant.pk).update(**fields)
        for transition in with_guard("owner_assigned"):
            assert blocked(applicant, transition, work.tim) == [
                "Nobody owns the case. Ask a coordinator to choose an owner."
            ]


def test_with_one_holder_there_is_no_vetting_and_no_submission(work, applicant):
    Grant.objects.filter(content_object=applicant.identity_safe, user=work.tim).delete()

    assert {transition.target for transition in with_guard("two_holders")} == {Stage.VETTING, Stage.SUBMITTED}
    for transition in with_guard("two_holders"):
        assert blocked(applicant, transition, work.tim) == [
            "Fewer than two colleagues can open the name. Share the name with one more."
        ]


def test_a_guest_does_not_count_as_a_holder(work, applicant):
    Grant.objects.filter(content_object=applicant.identity_safe, user=work.tim).update(firm=True)

    for transition in with_guard("two_holders"):
        assert len(blocked(applicant, transition, work.tim)) == 1


def test_what_needs_a_reason_does_not_go_without(work, applicant):
    assert {one.target for one in with_guard("reason_given")} >= {Stage.WITHDRAWN, Stage.DIED, Stage.DECLINED}
    for transition in with_guard("reason_given"):
        by = getattr(work, MOVERS[transition.permission])
        assert blocked(applicant, transition, by, reason="") == ["Say why; it stays in the timeline."]


def test_who_took_the_person_in_does_not_decide_the_vetting(work):
    both = make_person("Ib Both", [Role.CASEWORKER, Role.VETTING])
    applicant = make_applicant(by=both, identity={})

    for transition in with_guard("not_the_intake_worker"):
        assert blocked(applicant, transition, both) == [
            "You took this person in, so somebody else decides the vetting. Share the case with a vetting officer."
        ]


def test_unless_there_is_nobody_else(work):
    both = make_person("Ib Both", [Role.CASEWORKER, Role.VETTING])
    applicant = make_applicant(by=both, identity={})
    User.objects.filter(pk=work.vera.pk).update(is_active=False)

    for transition in with_guard("not_the_intake_worker"):
        assert blocked(applicant, transition, both) == []


def test_every_guard_named_in_the_table_exists():
    assert {name for transition in TRANSITIONS for name in transition.guards} <= set(GUARDS)


def test_a_higher_slice_adds_its_guard_to_a_stage(work, applicant, monkeypatch):
    monkeypatch.setattr(stages, "GUARDS", dict(GUARDS))
    guard("paper", entering=Stage.INTAKE)(lambda move: "A paper is missing.")
    to_intake = transition_between("contact", "intake")

    assert blocked(applicant, to_intake, work.tim) == ["A paper is missing."]


def test_a_refused_move_changes_nothing_and_says_all_that_is_missing(work, recorded):
    nameless = make_applicant(by=work.olga)
    before = recorded()

    with pytest.raises(StageBlocked) as refusal:
        operations.move_stage(applicants=[nameless], target="intake", reason="", by=work.olga)

    assert refusal.value.obstacles == {
        nameless.pseudonym: ["The name is not sealed yet. Add it under “Name and birth date”."]
    }
    nameless.refresh_from_db()
    assert nameless.stage == Stage.CONTACT
    assert not StageChange.objects.exists()
    assert recorded() == before


def test_a_household_moves_together_or_not_at_all(work):
    one = make_applicant(by=work.olga, identity=IDENTITY)
    nameless = make_applicant(by=work.olga, category="partner")

    with pytest.raises(StageBlocked):
        operations.move_stage(applicants=[one, nameless], target="intake", reason="", by=work.olga)

    one.refresh_from_db()
    assert one.stage == Stage.CONTACT


def test_the_page_offers_what_is_open_and_says_what_is_missing_for_the_rest(work, applicant):
    ways = {way.target: way for way in ways_from(at(applicant, Stage.VETTING), work.tim)}

    assert [target for target, way in ways.items() if not way.is_open] == [
        "vetted",
        "vetting_hold",
        "declined",
    ]
    assert ways["withdrawn"].is_open
    assert ways["withdrawn"].needs_reason
    assert ways["withdrawn"].is_ending


def test_each_stage_leads_somewhere_and_belongs_to_one_phase_or_is_an_ending():
    # Two cases that were merged are taken apart on a page of their own.
    deaf = {Stage.DIED, Stage.MERGED}
    for stage in Stage:
        assert transitions_from(stage) or stage in deaf
        assert (phase_of(stage) is None) == (stage in ENDINGS - {Stage.PROTECTED})
    assert sum(len(phase.stages) for phase in PHASES) == len(OPEN) + 1
