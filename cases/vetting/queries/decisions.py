"""How the decision on a person stands: what was decided, whether it still counts, and which votes are under way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Func, JSONField, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.stages import Stage
from cases.staff.models import User
from cases.vetting.models import CheckKind, Choice, Decision, Outcome, Vote
from cases.vetting.queries.needed import answered, needed_missing

AT_WORK = (Stage.VETTING, Stage.VETTING_HOLD)
# From the beginning of the vetting to the submission; later a decision of ours changes nothing any more.
OPEN_STAGES = (*AT_WORK, Stage.VETTED, Stage.DOC_REMEDY, Stage.DOSSIER, Stage.SUBMITTED, Stage.QUESTIONS)

BASIS = Func(F("pk"), function="vetting_basis", output_field=JSONField())

STALE = _("A needed check or the service record changed since.")
EXPIRED = _("It has expired.")
CHECK_OVER = _("A check that support needs is not answered today, or its answer expired.")
EARLIER = _("The case came back to vetting afterwards.")
NOT_FRESH = _("For a submission the votes must be more recent.")


@dataclass(frozen=True)
class Tally:
    """What votes of one basis say together: an outcome with those that carry it, or that a third officer is needed."""

    outcome: str = ""
    carrying: Sequence[Vote] = ()
    other: Vote | None = None
    needs_third: bool = False


def tally(votes: Sequence[Vote]) -> Tally:
    """Two for the same decide. Two that differ need a third, and three that all differ decide nothing."""
    for choice in Choice.values:
        same = [vote for vote in votes if vote.choice == choice]
        if len(same) >= 2:
            other = next((vote for vote in votes if vote.choice != choice), None)
            return Tally(choice, same[:2], other)
    if len(votes) >= 3:
        return Tally(Outcome.NONE, votes[:2], votes[2])
    return Tally(needs_third=len(votes) == 2)


@dataclass(frozen=True)
class Standing:
    """`decision`: the living one; `flaws`: why it does not count. `votes`: those on which nothing was decided yet.

    Whose votes they are and what they say is for the operations: no page shows `votes`, only `own` and `needs_third`.
    """

    applicant: Applicant
    basis: dict[str, Any]
    missing: list[CheckKind]
    decision: Decision | None
    flaws: list[str | Promise]
    votes: list[Vote] = field(repr=False)

    @property
    def counts(self) -> bool:
        return self.decision is not None and not self.flaws

    @property
    def is_fresh(self) -> bool:
        """Whether the votes are recent enough for a submission."""
        earliest = timezone.now() - timedelta(days=settings.VETTING["fresh_for_submission_days"])
        return self.decision is not None and all(vote.at >= earliest for vote in self.decision.votes)

    @property
    def fresh_votes(self) -> list[Vote]:
        return [vote for vote in self.votes if vote.basis == self.basis]

    @property
    def needs_third(self) -> bool:
        return tally(self.fresh_votes).needs_third

    @property
    def is_open(self) -> bool:
        """Whether there is anything to vote about now."""
        stage = self.applicant.stage
        if stage in AT_WORK:
            return True
        return stage in OPEN_STAGES and not (self.counts and self.is_fresh)

    def is_settled(self, outcome: str) -> bool:
        return self.counts and self.decision is not None and self.decision.outcome == outcome


def standing(applicant: Applicant) -> Standing:
    basis, missing = basis_now(applicant), needed_missing(applicant)
    decision = living_decisions([applicant]).first()
    flaws = flaws_of(decision, applicant, basis, bool(missing)) if decision else []
    return Standing(applicant, basis, missing, decision, flaws, list(votes_under_way([applicant])))


def basis_now(applicant: Applicant) -> dict[str, Any]:
    """The versions that a vote cast now rests on. The database says them, which refuses a vote on any others."""
    basis: dict[str, Any] = (
        Applicant.objects.annotate(basis=BASIS).values_list("basis", flat=True).get(pk=applicant.pk)
    )
    return basis


def results_now(applicant: Applicant, basis: Mapping[str, Any]) -> dict[str, str]:
    """The results of the checks a vote rests on, to be able to say later what changed."""
    return {code: check.result for code, check in answered(applicant).items() if code in basis}


def flaws_of(
    decision: Decision, applicant: Applicant, basis: dict[str, Any], missing: bool
) -> list[str | Promise]:
    """Why a decision does not count at present, in the order of what is to be done about it."""
    came_back = applicant.stage in AT_WORK and decision.decided_at < applicant.stage_since
    return [
        sentence
        for sentence, applies in (
            (EARLIER, came_back),
            (STALE, not decision.rests_on(basis)),
            (CHECK_OVER, missing and decision.outcome == Outcome.SUPPORT),
            (EXPIRED, decision.is_expired(timezone.localdate())),
        )
        if applies
    ]


def living_vote(applicant: Applicant, user: User) -> Vote | None:
    return (
        Vote.objects.filter(applicant=applicant, by=user, replaced_at__isnull=True)
        .select_related("confirms")
        .first()
    )


def decisions_of(applicants: Iterable[Applicant]) -> QuerySet[Decision]:
    votes = ("first_vote", "second_vote", "third_vote")
    found = Decision.objects.filter(applicant__in=list(applicants))
    return found.select_related(*votes, *(f"{one}__by" for one in votes))


def living_decisions(applicants: Iterable[Applicant]) -> QuerySet[Decision]:
    return decisions_of(applicants).filter(ended_at__isnull=True)


def votes_under_way(applicants: Iterable[Applicant]) -> QuerySet[Vote]:
    """The living votes on which nothing was decided yet. Nobody is shown them."""
    living = Vote.objects.filter(applicant__in=list(applicants), replaced_at__isnull=True)
    return _with_outcome(living, decided=False).order_by("at")


def readable_votes(applicant: Applicant, viewer: User) -> list[Vote]:
    """The votes of which `viewer` may read choice and reasons: those on which something was decided, and one's own.

    With three different votes nothing was decided, and they are no secret any more: people are to talk.
    """
    votes = Vote.objects.filter(applicant=applicant)
    shown = _with_outcome(votes, decided=True) | votes.filter(by=viewer, replaced_at__isnull=True)
    return list(shown.select_related("by", "confirms").order_by("at"))


def decided_votes(applicant: Applicant) -> list[Vote]:
    """Every vote on which something was decided, ever."""
    votes = _with_outcome(Vote.objects.filter(applicant=applicant), decided=True)
    return list(votes.select_related("by", "confirms").order_by("at"))


def kinds_of(vote: Vote) -> list[str]:
    """The kinds under which its reasons are sealed: what was said with the first vote, and when it was confirmed."""
    return [vote.confirms.sealed_kind, vote.sealed_kind] if vote.confirms else [vote.sealed_kind]


def expires_at(now: datetime) -> datetime:
    return now + timedelta(days=settings.VETTING["decision_days"])


def _with_outcome(votes: QuerySet[Vote], *, decided: bool) -> QuerySet[Vote]:
    used = Q()
    for name in ("first_vote", "second_vote", "third_vote"):
        used |= Q(pk__in=Decision.objects.filter(**{f"{name}__isnull": False}).values(name))
    return votes.filter(used) if decided else votes.exclude(used)
