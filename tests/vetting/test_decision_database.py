"""Past the operations: the database refuses by itself what the program would refuse, and only that.

Each refusal stands beside the same writing with the rule kept, which is not refused.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.vetting.models import Check, CheckKind, Conflict, Decision, Vetting, Vote
from cases.vetting.operations.vetting import service_changed
from cases.vetting.queries.decisions import basis_now
from tests.vetting.decision_factories import answer, decided_long_ago, expire, write_decision, write_vote

pytestmark = pytest.mark.django_db


@contextmanager
def refused(why):
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        yield


def conflict(ready, person, **facts):
    Vetting.objects.get_or_create(applicant=ready.case)
    defaults = {"kind": "known", "relation": "friend", "by": ready.cora}
    return Conflict.objects.create(applicant=ready.case, user=person, **(defaults | facts))


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_the_program_writes_with_the_rights_of_app_alone(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'vetting_vote'")
        assert cursor.fetchone() == ("app", "owner")


def test_the_intake_worker_does_not_vote(ready):
    Applicant.objects.filter(pk=ready.case.pk).update(intake_by=ready.vera)
    with refused("neither the intake worker"):
        write_vote(ready.case, ready.vera)

    write_vote(ready.case, ready.ilse)


def test_who_has_a_conflict_does_not_vote_until_it_is_ended(ready):
    known = conflict(ready, ready.vera)
    with refused("conflict of interest"):
        write_vote(ready.case, ready.vera)

    Conflict.objects.filter(pk=known.pk).update(ended_at=timezone.now(), ended_by=ready.cora)
    write_vote(ready.case, ready.vera)


def test_nobody_has_two_living_votes(ready):
    first = write_vote(ready.case, ready.vera)
    with refused("one_living_vote_a_person"):
        write_vote(ready.case, ready.vera, "decline")

    Vote.objects.filter(pk=first.pk).update(replaced_at=timezone.now())
    write_vote(ready.case, ready.vera, "decline")


@pytest.mark.parametrize(
    "change",
    [
        "choice = 'decline'",
        "basis = '{}'",
        "results = '{}'",
        "at = now()",
        "by_id = %(other)s",
        "confirms_id = id",
        "replaced_at = now(), choice = 'decline'",
    ],
)
def test_a_vote_is_not_changed_afterwards(ready, change):
    written = write_vote(ready.case, ready.vera, days_ago=1)
    with refused("not changed afterwards"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE vetting_vote SET {change}", {"other": ready.ilse.pk})

    written.refresh_from_db()
    assert (written.choice, written.by) == ("support", ready.vera)


def test_a_replaced_vote_does_not_come_back(ready):
    write_vote(ready.case, ready.vera)
    assert execute("UPDATE vetting_vote SET replaced_at = now()") == 1

    for change in ("NULL", "now()"):
        with refused("only replaced once"):
            execute(f"UPDATE vetting_vote SET replaced_at = {change}")


def test_a_vote_is_not_deleted(ready):
    vote = write_vote(ready.case, ready.vera)
    with refused("votes are kept"):
        vote.delete()
    with refused("votes are kept"):
        execute("DELETE FROM vetting_vote")


def test_a_vote_rests_on_what_is_known_now(ready):
    basis = basis_now(ready.case)
    answer(ready.case, "V08", by=ready.vera)
    with refused("what is known now"):
        write_vote(ready.case, ready.vera, basis=basis)
    service_changed(ready.case)
    with refused("what is known now"):
        write_vote(ready.case, ready.vera, basis=basis | {"V08": 2})

    write_vote(ready.case, ready.vera, basis=basis | {"V08": 2, "service": 1})


@pytest.mark.parametrize("how", ["missing", "expired"])
def test_support_needs_every_needed_check(ready, how):
    if how == "missing":
        Check.objects.filter(kind="V01").delete()
    else:
        expire("V01")
    with refused("every needed check"):
        write_vote(ready.case, ready.vera)

    write_vote(ready.case, ready.vera, "decline")


def test_what_is_asked_of_others_is_not_needed(ready):
    Check.objects.filter(kind="V01").delete()
    CheckKind.objects.filter(code="V01").update(categories=["officer"])
    assert ready.case.category != "officer"

    write_vote(ready.case, ready.vera)


def test_a_vote_is_not_cast_in_the_future(ready):
    with refused("cast now"):
        write_vote(ready.case, ready.vera, days_ago=-1)


def test_a_confirmation_keeps_person_case_and_choice(ready):
    first = write_vote(ready.case, ready.vera)
    with refused("the same choice of the same person"):
        write_vote(ready.case, ready.ilse, confirms=first)
    Vote.objects.filter(pk=first.pk).update(replaced_at=timezone.now())
    with refused("the same choice of the same person"):
        write_vote(ready.case, ready.vera, "decline", confirms=first)

    write_vote(ready.case, ready.vera, confirms=first)


def test_no_vote_before_the_vetting_has_begun(ready):
    basis = basis_now(ready.case) | {"service": None}
    Vetting.objects.filter(applicant=ready.case).delete()
    with refused("has not begun"):
        Vote.objects.create(applicant=ready.case, by=ready.vera, choice="decline", basis=basis)


@pytest.fixture
def votes(ready):
    return [write_vote(ready.case, person) for person in (ready.vera, ready.ilse)]


def test_two_who_agree_decide(ready, votes):
    assert write_decision(ready.case, *votes).outcome == "support"


def test_one_person_does_not_decide_alone(ready, votes):
    with refused("different people"):
        write_decision(ready.case, votes[0], votes[0])
    Vote.objects.filter(pk=votes[0].pk).update(replaced_at=timezone.now())
    again = write_vote(ready.case, ready.vera)
    with refused("different people"):
        write_decision(ready.case, votes[0], again)


def test_two_who_differ_decide_nothing(ready):
    votes = write_vote(ready.case, ready.vera), write_vote(ready.case, ready.ilse, "decline")

    for outcome in ("support", "decline", "none"):
        with refused("same outcome|without_majority"):
            write_decision(ready.case, *votes, outcome=outcome)


def test_the_third_is_the_one_who_differs(ready, votes):
    third = write_vote(ready.case, ready.otto)
    with refused("same outcome"):
        write_decision(ready.case, *votes, third_vote=third)

    Vote.objects.filter(pk=third.pk).update(replaced_at=timezone.now())
    write_decision(ready.case, *votes, third_vote=write_vote(ready.case, ready.otto, "decline"))


def test_no_majority_is_three_different_votes(ready, votes):
    third = write_vote(ready.case, ready.otto, "decline")
    over = {"outcome": "none", "ended_at": timezone.now(), "ended_why": "none"}
    with refused("three different votes"):
        write_decision(ready.case, *votes, third_vote=third, **over)


def test_a_decision_does_not_rest_on_the_votes_on_somebody_else(work, ready, votes):
    from tests.applicants.factories import make_applicant

    other = make_applicant(by=work.olga, identity={})
    Vetting.objects.create(applicant=other)
    with refused("on the same person"):
        write_decision(other, *votes)


def test_stale_votes_decide_nothing(ready, votes):
    service_changed(ready.case)
    with refused("stale votes"):
        write_decision(ready.case, *votes)


def test_a_check_that_changed_makes_votes_stale(ready, votes):
    answer(ready.case, "V12", by=ready.vera)
    with refused("stale votes"):
        write_decision(ready.case, *votes)


def test_support_is_not_decided_on_an_answer_that_expired(ready, votes):
    expire("V01")
    with refused("every needed check"):
        write_decision(ready.case, *votes)


def test_who_became_the_intake_worker_decides_nothing(ready, votes):
    Applicant.objects.filter(pk=ready.case.pk).update(intake_by=ready.ilse)
    with refused("who may not vote"):
        write_decision(ready.case, *votes)


def test_a_vote_carries_one_decision(ready, votes):
    Decision.objects.filter(pk=write_decision(ready.case, *votes).pk).update(
        ended_at=timezone.now(), ended_why="replaced"
    )
    with refused("carries one decision"):
        write_decision(ready.case, *votes)


def test_there_is_one_living_decision(ready):
    decided_long_ago(ready, 3)
    Vote.objects.filter(by=ready.vera).update(replaced_at=timezone.now())
    votes = write_vote(ready.case, ready.vera), write_vote(ready.case, ready.otto)

    with refused("one_living_decision"):
        write_decision(ready.case, *votes)


@pytest.mark.parametrize(
    "facts", [{"days_ago": -1}, {"valid_until": timezone.localdate() + timedelta(days=200)}]
)
def test_a_decision_is_taken_now_and_holds_180_days(ready, votes, facts):
    with refused("holds for 180 days"):
        write_decision(ready.case, *votes, **facts)


@pytest.mark.parametrize(
    "change", ["outcome = 'decline'", "valid_until = valid_until + 1", "ended_at = NULL"]
)
def test_a_decision_is_not_changed_afterwards(ready, change):
    decided_long_ago(ready, 3)
    with refused("not changed afterwards"):
        execute(f"UPDATE vetting_decision SET {change}")


def test_a_decision_is_ended_once_and_kept(ready):
    decided_long_ago(ready, 3)
    end = "UPDATE vetting_decision SET ended_at = now(), ended_why = 'replaced'"
    assert execute(end) == 1
    with refused("ended once"):
        execute(end)
    with refused("decisions are kept"):
        execute("DELETE FROM vetting_decision")


def test_a_conflict_written_past_the_program_ends_the_decision_and_the_vote(ready):
    decision = decided_long_ago(ready, 3)
    conflict(ready, ready.ilse)

    decision.refresh_from_db()
    assert (decision.ended_why, decision.ended_at is not None) == ("conflict", True)
    assert list(Vote.objects.filter(replaced_at__isnull=True).values_list("by", flat=True)) == [ready.vera.pk]


def test_a_conflict_of_somebody_else_ends_nothing(ready):
    decision = decided_long_ago(ready, 3)
    conflict(ready, ready.otto)

    decision.refresh_from_db()
    assert decision.ended_at is None


def test_a_conflict_is_kept_and_not_ended_by_oneself(ready):
    own = conflict(ready, ready.vera, kind="declared", by=ready.vera)
    with refused("conflict_ended_by_somebody_else"):
        execute("UPDATE vetting_conflict SET ended_at = now(), ended_by_id = user_id")
    with refused("not changed afterwards"):
        execute("UPDATE vetting_conflict SET relation = 'other'")
    with refused("are kept"):
        own.delete()


@pytest.mark.parametrize("kind", ["known", "declared"])
def test_who_declares_it_is_who_has_it(ready, kind):
    by = ready.vera if kind == "known" else ready.cora
    with refused("conflict_declared_by_oneself"):
        conflict(ready, ready.vera, kind=kind, by=by)
