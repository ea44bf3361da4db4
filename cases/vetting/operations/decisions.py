"""Voting on a person. The vote that completes a majority decides, in the same transaction."""

from datetime import UTC, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import move_stage, set_deadline, withdraw_deadline
from cases.applicants.operations.work import touch
from cases.applicants.refusals import IdTaken
from cases.applicants.stages import Stage, transition_between
from cases.applicants.timers import written
from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.account import seal_account
from cases.vetting.deadlines import BACK_TO_VOTE, DECIDED, DECISION, DECISION_ENDS, OWN_RULE
from cases.vetting.models import Choice, Decision, Outcome, Vote
from cases.vetting.operations.vetting import lock_vetting
from cases.vetting.queries.decisions import (
    Standing,
    Tally,
    expires_at,
    living_vote,
    results_now,
    standing,
    tally,
)
from cases.vetting.queries.voters import held_back
from cases.vetting.refusals import ChecksMissing, MayNotVote, NothingToConfirm

TARGETS = {
    Outcome.SUPPORT: Stage.VETTED,
    Outcome.NOT_NOW: Stage.VETTING_HOLD,
    Outcome.DECLINE: Stage.DECLINED,
}
_NOON = time(12, tzinfo=UTC)


@transaction.atomic
def cast_vote(*, id: UUID, applicant: Applicant, choice: str, reasons: str, by: User) -> Vote:
    """Vote, in the place of an earlier vote where there is one; the same id again is answered with the vote as it was cast.

    The audit log learns that somebody voted, and nothing else: a confirmed vote leaves the same rows.
    """
    now = _begun(applicant)
    if known := _known(id, applicant, by):
        return known
    vote = Vote(id=id, applicant=now.applicant, by=by, choice=choice)
    return _vote(vote, reasons, now)


@transaction.atomic
def confirm_vote(*, id: UUID, applicant: Applicant, reasons: str, by: User) -> Vote:
    """Say that one's earlier vote still holds on what is known now. The earlier row stays as it was."""
    now = _begun(applicant)
    if known := _known(id, applicant, by):
        return known
    earlier = living_vote(now.applicant, by)
    if earlier is None or earlier.pk in {vote.pk for vote in now.fresh_votes}:
        raise NothingToConfirm
    first = earlier.confirms or earlier
    vote = Vote(id=id, applicant=now.applicant, by=by, choice=earlier.choice, confirms=first)
    return _vote(vote, reasons, now)


def _begun(applicant: Applicant) -> Standing:
    """Lock the vetting, then look: what a vote rests on does not change under it."""
    lock_vetting(applicant)
    fresh = Applicant.objects.select_related("owner", "identity_safe", "account_safe").get(pk=applicant.pk)
    return standing(fresh)


def _known(id: UUID, applicant: Applicant, by: User) -> Vote | None:
    found = Vote.objects.filter(pk=id).first()
    if found and (found.applicant_id, found.by_id) != (applicant.pk, by.pk):
        raise IdTaken
    return found


def _vote(vote: Vote, reasons: str, now: Standing) -> Vote:
    applicant, by = now.applicant, vote.by
    if why := held_back(now, by):
        raise MayNotVote(str(why))
    if vote.choice == Choice.SUPPORT and now.missing:
        raise ChecksMissing([kind.name for kind in now.missing])
    Vote.objects.filter(applicant=applicant, by=by, replaced_at__isnull=True).update(
        replaced_at=timezone.now()
    )
    vote.basis, vote.results, vote.at = now.basis, results_now(applicant, now.basis), timezone.now()
    vote.save(force_insert=True)
    seal_account(applicant=applicant, kind=vote.sealed_kind, content={"reasons": reasons.strip()}, by=by)
    touch(applicant)
    record("vetting.voted", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    after = standing(applicant)
    _decide(after, tally(after.fresh_votes), by)
    return vote


def _decide(now: Standing, said: Tally, by: User) -> None:
    if not said.outcome:
        return
    applicant, target = now.applicant, TARGETS.get(Outcome(said.outcome))
    if target and _leads_through_vetting(applicant, target):
        _move(applicant, Stage.VETTING, written(BACK_TO_VOTE), by)
    at = timezone.now()
    if target and now.decision:
        _end(now.decision, Decision.Ended.REPLACED, at)
    _write(applicant, said, at)
    if target:
        _keep_deadline(applicant, said.outcome, at, by)
        if transition_between(applicant.stage, target):
            _move(applicant, target, written(DECIDED), by)
    record("vetting.decided", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {said.outcome}")


def _leads_through_vetting(applicant: Applicant, target: Stage) -> bool:
    """Whether the case has to come back to vetting first to get where the decision sends it.

    After the submission it stays where it is: what becomes of that is for people to say.
    """
    if applicant.stage == target or transition_between(applicant.stage, target):
        return False
    beyond = target == Stage.VETTED and applicant.stage != Stage.VETTING_HOLD
    return not beyond and transition_between(applicant.stage, Stage.VETTING) is not None


def _move(applicant: Applicant, target: Stage, reason: str, by: User) -> None:
    move_stage(applicants=[applicant], target=target, reason=reason, by=by)
    applicant.refresh_from_db(fields=["stage", "stage_since", "updated_at"])


def _write(applicant: Applicant, said: Tally, at: datetime) -> Decision:
    first, second = said.carrying
    over = {"ended_at": at, "ended_why": Decision.Ended.NO_MAJORITY} if said.outcome == Outcome.NONE else {}
    return Decision.objects.create(
        applicant=applicant,
        outcome=said.outcome,
        first_vote=first,
        second_vote=second,
        third_vote=said.other,
        decided_at=at,
        valid_until=timezone.localdate(expires_at(at)),
        **over,
    )


def _end(decision: Decision, why: str, at: datetime) -> None:
    decision.ended_at, decision.ended_why = at, why
    decision.save(update_fields=["ended_at", "ended_why"])


def _keep_deadline(applicant: Applicant, outcome: str, at: datetime, by: User) -> None:
    """Support expires; what is put off or declined does not."""
    if outcome != Outcome.SUPPORT:
        withdraw_expiry(applicant, by)
        return
    due = datetime.combine(timezone.localdate(expires_at(at)), _NOON)
    title, source = written(DECISION_ENDS), written(OWN_RULE)
    set_deadline(
        applicant=applicant, rule=DECISION, subject="", title=title, due_at=due, source=source, by=by
    )


def withdraw_expiry(applicant: Applicant, by: User) -> None:
    for deadline in Deadline.objects.filter(applicant=applicant, rule=DECISION, met_at__isnull=True):
        withdraw_deadline(deadline=deadline, by=by)
