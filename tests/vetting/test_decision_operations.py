from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline, StageChange
from cases.applicants.operations import move_stage
from cases.applicants.refusals import IdTaken, StageBlocked
from cases.audit.models import Entry
from cases.staff.models import User, random_id
from cases.vault.queries import item_of
from cases.vetting.models import Check, Choice, Conflict, Decision, Vote
from cases.vetting.operations.conflicts import declare_conflict, end_conflict
from cases.vetting.operations.decisions import cast_vote
from cases.vetting.operations.vetting import service_changed
from cases.vetting.queries.decisions import standing
from cases.vetting.refusals import ChecksMissing, ConflictIsOwn, ConflictKnown, MayNotVote, NothingToConfirm
from tests.applicants.factories import agree
from tests.vetting.decision_factories import (
    NEEDED,
    answer,
    confirm,
    decide,
    decided_long_ago,
    expire,
    make_officer,
    vote,
)

pytestmark = pytest.mark.django_db


def outcomes(case):
    return [
        (one.outcome, one.ended_why) for one in Decision.objects.filter(applicant=case).order_by("decided_at")
    ]


def living(case):
    return Decision.objects.get(applicant=case, ended_at__isnull=True)


@pytest.mark.parametrize(
    ("choice", "stage"), [("support", "vetted"), ("decline", "declined"), ("not_now", "vetting_hold")]
)
def test_two_who_agree_decide_and_the_case_moves(ready, choice, stage):
    first = vote(ready.case, ready.vera, choice)
    assert (ready.case.stage, outcomes(ready.case)) == ("vetting", [])

    second = vote(ready.case, ready.ilse, choice)

    decision = living(ready.case)
    assert ready.case.stage == stage
    assert (decision.outcome, decision.first_vote, decision.second_vote, decision.third_vote) == (
        choice,
        first,
        second,
        None,
    )
    assert decision.valid_until == timezone.localdate() + timedelta(days=180)
    [moved] = StageChange.objects.filter(applicant=ready.case)
    assert (moved.by, moved.reason) == (ready.ilse, "Decided by the votes of two vetting officers.")


def test_what_one_rests_on_is_written_down(ready):
    found = vote(ready.case, ready.vera)

    assert found.basis == {"service": 0, **dict.fromkeys(NEEDED, 1)}
    assert found.results == dict.fromkeys(NEEDED, "confirmed")
    assert item_of(ready.case.account_safe, found.sealed_kind) is not None


def test_two_who_differ_need_a_third_and_two_of_three_decide(ready):
    vote(ready.case, ready.vera, "support")
    other = vote(ready.case, ready.ilse, "decline")
    assert outcomes(ready.case) == []
    assert standing(ready.case).needs_third

    vote(ready.case, ready.otto, "support")

    assert outcomes(ready.case) == [("support", "")]
    assert living(ready.case).third_vote == other
    assert ready.case.stage == "vetted"


def test_three_different_votes_decide_nothing_and_all_vote_again(ready):
    for person, choice in ((ready.vera, "support"), (ready.ilse, "decline"), (ready.otto, "not_now")):
        vote(ready.case, person, choice)
    assert outcomes(ready.case) == [("none", "none")]
    assert ready.case.stage == "vetting"
    assert not standing(ready.case).needs_third

    decide(ready.case, ready.otto, ready.vera, choice="not_now")

    assert outcomes(ready.case) == [("none", "none"), ("not_now", "")]
    assert ready.case.stage == "vetting_hold"


def test_a_vote_may_be_taken_again_as_long_as_it_is_alone(ready):
    first = vote(ready.case, ready.vera, "support")
    second = vote(ready.case, ready.vera, "decline")

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert [one.pk for one in standing(ready.case).votes] == [second.pk]


def test_who_knows_that_two_differ_does_not_change_sides(ready):
    vote(ready.case, ready.vera, "support")
    vote(ready.case, ready.ilse, "decline")

    with pytest.raises(MayNotVote, match="Your vote waits for a colleague"):
        vote(ready.case, ready.ilse, "support")


def test_the_same_id_again_is_the_same_vote(ready):
    new = {"id": random_id(), "applicant": ready.case, "choice": "support", "reasons": "x"}
    first = cast_vote(**new, by=ready.vera)

    assert cast_vote(**new, by=ready.vera) == first
    assert Vote.objects.count() == 1
    with pytest.raises(IdTaken):
        cast_vote(**new, by=ready.ilse)


def test_support_needs_every_needed_check_the_others_do_not(ready):
    Check.objects.filter(kind="V08").delete()

    with pytest.raises(ChecksMissing, match="Check V08"):
        vote(ready.case, ready.vera, "support")
    assert not Vote.objects.exists()
    decide(ready.case, ready.vera, ready.ilse, choice="not_now")
    assert ready.case.stage == "vetting_hold"


def test_an_expired_answer_is_none(ready):
    expire("V08")

    with pytest.raises(ChecksMissing, match="Check V08"):
        vote(ready.case, ready.vera, "support")


def test_neither_intake_worker_nor_outsider_nor_another_role_votes(work, ready):
    both = make_officer(work, ready.case, "Ib Both")
    Applicant.objects.filter(pk=ready.case.pk).update(intake_by=both)
    ready.case.refresh_from_db()

    with pytest.raises(MayNotVote, match="You took this person in"):
        vote(ready.case, both)
    with pytest.raises(MayNotVote, match="Your role is another one"):
        vote(ready.case, work.tim)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="intake")
    with pytest.raises(MayNotVote, match="once the case is in vetting"):
        vote(ready.case, ready.vera)


def test_a_guest_votes_until_the_day_and_not_after(ready):
    decide(ready.case, ready.otto, ready.vera)
    assert ready.case.stage == "vetted"

    ready.otto.refresh_from_db()
    from cases.applicants.models import ApplicantUserPermission

    ApplicantUserPermission.objects.filter(user=ready.otto).update(expires_at=timezone.now())
    Applicant.objects.filter(pk=ready.case.pk).update(stage="vetting", stage_since=timezone.now())
    with pytest.raises(MayNotVote, match="shared with you for reading only"):
        vote(ready.case, ready.otto)


@pytest.mark.parametrize("change", ["check", "service"])
def test_a_change_makes_votes_stale_and_a_confirmed_one_is_a_row_of_its_own(ready, change):
    decide(ready.case, ready.vera, ready.ilse)
    first = living(ready.case)
    if change == "check":
        answer(ready.case, "V08", by=ready.vera, result="contradicted")
    else:
        service_changed(ready.case)
    assert not standing(ready.case).counts

    again = confirm(ready.case, ready.vera)
    assert not standing(ready.case).counts
    confirm(ready.case, ready.ilse)

    assert standing(ready.case).counts
    assert outcomes(ready.case) == [("support", "replaced"), ("support", "")]
    assert again.confirms == first.first_vote
    assert (again.choice, again.basis) == ("support", standing(ready.case).basis)
    first.first_vote.refresh_from_db()
    assert first.first_vote.replaced_at is not None
    assert ready.case.stage == "vetted"


def test_a_second_confirmation_points_to_the_vote_as_it_was_cast(ready):
    cast = vote(ready.case, ready.vera)
    for _time in range(2):
        service_changed(ready.case)
        assert confirm(ready.case, ready.vera).confirms == cast


def test_what_was_answered_for_the_first_time_makes_a_decline_stale_too(ready):
    Check.objects.filter(kind="V08").delete()
    decide(ready.case, ready.vera, ready.ilse, choice="not_now")
    answer(ready.case, "V08", by=ready.vera)

    assert not standing(ready.case).counts


def test_a_check_that_support_does_not_need_changes_nothing(ready):
    decide(ready.case, ready.vera, ready.ilse)
    answer(ready.case, "V10", by=ready.vera)

    assert standing(ready.case).counts


def test_a_stale_vote_does_not_decide_with_a_new_one(ready):
    vote(ready.case, ready.vera)
    answer(ready.case, "V08", by=ready.vera, result="contradicted")
    vote(ready.case, ready.ilse)
    assert outcomes(ready.case) == []

    confirm(ready.case, ready.vera)
    assert outcomes(ready.case) == [("support", "")]


def test_there_is_nothing_to_confirm_without_a_stale_vote(ready):
    with pytest.raises(NothingToConfirm):
        confirm(ready.case, ready.vera)
    vote(ready.case, ready.vera)
    with pytest.raises(NothingToConfirm):
        confirm(ready.case, ready.vera)


def test_support_is_not_confirmed_while_a_needed_check_is_missing(ready):
    vote(ready.case, ready.vera)
    Check.objects.filter(kind="V01").delete()

    with pytest.raises(ChecksMissing):
        confirm(ready.case, ready.vera)


def test_a_decision_is_taken_anew_the_case_goes_where_it_says(ready):
    decide(ready.case, ready.vera, ready.ilse)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="dossier")
    service_changed(ready.case)

    decide(ready.case, ready.vera, ready.ilse, choice="decline")

    assert ready.case.stage == "declined"
    moves = [(one.source, one.target) for one in StageChange.objects.order_by("id")]
    assert moves == [("vetting", "vetted"), ("dossier", "vetting"), ("vetting", "declined")]


def test_after_the_submission_the_case_stays_and_the_decision_stands(ready):
    decide(ready.case, ready.vera, ready.ilse)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="submitted")
    service_changed(ready.case)

    decide(ready.case, ready.vera, ready.ilse, choice="decline")

    assert (ready.case.stage, living(ready.case).outcome) == ("submitted", "decline")


def test_from_hold_to_support(ready):
    decide(ready.case, ready.vera, ready.ilse, choice="not_now")
    decide(ready.case, ready.vera, ready.ilse)

    assert ready.case.stage == "vetted"


def test_as_long_as_a_decision_counts_and_is_fresh_nobody_votes(ready):
    decide(ready.case, ready.vera, ready.ilse)

    with pytest.raises(MayNotVote, match="A decision counts"):
        vote(ready.case, ready.vera, "decline")


def test_a_decision_before_the_case_came_back_does_not_count(ready):
    decide(ready.case, ready.vera, ready.ilse)
    move_stage(applicants=[ready.case], target="vetting", reason="new facts", by=ready.vera)
    ready.case.refresh_from_db()

    with pytest.raises(StageBlocked, match="have to vote for support"):
        move_stage(applicants=[ready.case], target="vetted", reason="x", by=ready.vera)


@pytest.mark.parametrize(("days", "flaws"), [(180, []), (181, ["It has expired."])])
def test_a_decision_expires(ready, days, flaws):
    decided_long_ago(ready, days)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="vetted")
    ready.case.refresh_from_db()

    assert [str(flaw) for flaw in standing(ready.case).flaws] == flaws


def test_an_answer_that_expires_takes_support_with_it(ready):
    decide(ready.case, ready.vera, ready.ilse)
    expire("V01")

    assert [str(flaw) for flaw in standing(ready.case).flaws] == [
        "A check that support needs is not answered today, or its answer expired."
    ]


def submit(ready):
    agree(ready.case, "government", by=ready.vera)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="dossier")
    ready.case.refresh_from_db()
    move_stage(applicants=[ready.case], target="submitted", reason="", by=ready.owner)
    ready.case.refresh_from_db()
    return ready.case.stage


def test_without_support_nothing_is_submitted(ready):
    with pytest.raises(StageBlocked, match="No decision for support counts today"):
        submit(ready)
    decided_long_ago(ready, 3, "not_now")
    with pytest.raises(StageBlocked, match="No decision for support counts today"):
        submit(ready)


def test_fresh_support_is_submitted(ready):
    decided_long_ago(ready, 29)

    assert submit(ready) == "submitted"


def test_older_support_is_submitted_once_both_said_that_it_holds(ready):
    decided_long_ago(ready, 31)
    with pytest.raises(StageBlocked, match="too old for a submission"):
        submit(ready)

    confirm(ready.case, ready.vera)
    with pytest.raises(StageBlocked, match="too old for a submission"):
        submit(ready)
    confirm(ready.case, ready.ilse)

    assert submit(ready) == "submitted"


@pytest.mark.parametrize("target", ["vetted", "declined"])
def test_no_stage_ends_the_vetting_without_two_votes(ready, target):
    vote(ready.case, ready.vera, "decline")

    with pytest.raises(StageBlocked, match="Two vetting officers have to vote"):
        move_stage(applicants=[ready.case], target=target, reason="because", by=ready.vera)


def test_the_decision_sets_a_deadline_and_approval_meets_it(ready):
    decide(ready.case, ready.vera, ready.ilse)
    [deadline] = Deadline.objects.filter(rule="vetting.decision", met_at__isnull=True)
    assert timezone.localdate(deadline.due_at) == living(ready.case).valid_until
    assert not deadline.is_ours

    Applicant.objects.filter(pk=ready.case.pk).update(stage="submitted")
    move_stage(applicants=[ready.case], target="approved", reason="", by=ready.owner)
    deadline.refresh_from_db()
    assert deadline.met_at is not None


def test_what_is_put_off_takes_the_deadline_away(ready):
    decide(ready.case, ready.vera, ready.ilse)
    service_changed(ready.case)
    decide(ready.case, ready.vera, ready.ilse, choice="not_now")

    assert not Deadline.objects.filter(rule="vetting.decision").exists()


def test_a_conflict_bars_from_voting_and_ends_what_rests_on_the_vote(ready):
    decide(ready.case, ready.vera, ready.ilse)
    declare_conflict(applicant=ready.case, user=ready.ilse, relation="served", by=ready.ilse)

    assert outcomes(ready.case) == [("support", "conflict")]
    assert not Deadline.objects.filter(rule="vetting.decision").exists()
    with pytest.raises(MayNotVote, match="conflict of interest"):
        vote(ready.case, ready.ilse)

    confirm(ready.case, ready.vera)
    vote(ready.case, ready.otto)
    assert outcomes(ready.case) == [("support", "conflict"), ("support", "")]


def test_a_conflict_of_who_was_outvoted_ends_nothing(ready):
    vote(ready.case, ready.vera)
    vote(ready.case, ready.ilse, "decline")
    vote(ready.case, ready.otto)
    declare_conflict(applicant=ready.case, user=ready.ilse, relation="friend", by=ready.cora)

    assert outcomes(ready.case) == [("support", "")]


def test_a_vote_under_way_goes_with_the_conflict(ready):
    vote(ready.case, ready.vera)
    declare_conflict(applicant=ready.case, user=ready.vera, relation="friend", by=ready.cora)
    vote(ready.case, ready.ilse)

    assert outcomes(ready.case) == []


def test_nobody_ends_a_conflict_of_their_own(ready):
    conflict = declare_conflict(applicant=ready.case, user=ready.vera, relation="friend", by=ready.vera)
    assert conflict.kind == Conflict.Kind.DECLARED
    with pytest.raises(ConflictKnown):
        declare_conflict(applicant=ready.case, user=ready.vera, relation="other", by=ready.cora)
    with pytest.raises(ConflictIsOwn):
        end_conflict(conflict=conflict, by=ready.vera)

    end_conflict(conflict=conflict, by=ready.cora)
    vote(ready.case, ready.vera)
    assert len(standing(ready.case).votes) == 1


def test_what_is_recorded_tells_nobody_who_chose_what(ready, recorded):
    before = len(recorded())
    for choice in Choice.values:
        vote(ready.case, ready.vera, choice)
    service_changed(ready.case)
    confirm(ready.case, ready.vera)

    rows = [recorded()[before + start : before + start + 2] for start in range(0, 8, 2)]
    assert rows == [["vault.sealed", "vetting.voted"]] * 4
    details = {entry.detail for entry in Entry.objects.filter(action="vetting.voted")}
    assert details == {"Grey Heron"}


def test_the_decision_is_recorded_with_its_outcome(ready, recorded):
    decide(ready.case, ready.vera, ready.ilse, choice="decline")

    assert recorded()[-1] == "vetting.decided"
    assert Entry.objects.order_by("-id").first().detail == "Grey Heron: decline"


def test_a_refused_vote_leaves_nothing(ready, recorded):
    User.objects.filter(pk=ready.ilse.pk).update(is_active=False)
    before = recorded()
    with pytest.raises(MayNotVote):
        vote(ready.case, User.objects.get(pk=ready.ilse.pk))

    assert not Vote.objects.exists()
    assert recorded() == before
