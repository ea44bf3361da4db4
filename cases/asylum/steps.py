"""What has to lie behind each step of a claim, the stage it leads to, and which deadlines it meets. One table each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.applicants.stages import Stage
from cases.asylum.models import DeadlineKind, Result, Step, StepKind

K = StepKind
PROTECTED = frozenset({Result.REFUGEE.value, Result.SUBSIDIARY.value})
# Against subsidiary protection one may appeal as well: for the status of a refugee.
APPEALABLE = frozenset({Result.REJECTED.value, Result.SUBSIDIARY.value})
REPEATED = frozenset({K.RENEWED, K.SENT_BACK, K.COMPLETED, K.CLOSED, K.REOPENED})
# After these nothing more happens to a claim, unless one that was closed is reopened.
STOPS = frozenset({K.WITHDRAWN, K.CLOSED})
DECISIONS = frozenset({K.DECIDED, K.COURT_DECIDED})


@dataclass(frozen=True)
class Needs:
    """One of `after` must lie behind, and where `results` are named, with one of these; and nothing of `before`."""

    after: tuple[StepKind, ...] = ()
    results: frozenset[str] = frozenset()
    before: tuple[StepKind, ...] = ()


NEEDS: dict[StepKind, Needs] = {
    K.SPADA: Needs(),
    K.REGISTERED: Needs(),
    K.ATTESTED: Needs((K.REGISTERED,)),
    K.RENEWED: Needs((K.ATTESTED,)),
    K.NARRATIVE: Needs(),
    K.FILED: Needs((K.ATTESTED,)),
    K.SENT_BACK: Needs((K.FILED,)),
    K.COMPLETED: Needs((K.SENT_BACK,)),
    K.INTERVIEW: Needs((K.FILED,)),
    K.DECIDED: Needs((K.FILED,)),
    K.LEGAL_AID: Needs((K.DECIDED,), APPEALABLE),
    K.APPEAL: Needs((K.DECIDED,), APPEALABLE),
    K.HEARING: Needs((K.APPEAL,)),
    K.COURT_DECIDED: Needs((K.APPEAL,)),
    K.HIT: Needs((K.REGISTERED,)),
    K.TAKE_CHARGE: Needs((K.REGISTERED,)),
    K.FRANCE: Needs((K.TAKE_CHARGE,)),
    K.TRANSFER: Needs((K.TAKE_CHARGE,)),
    K.TRAVEL_ASKED: Needs((K.DECIDED, K.COURT_DECIDED), PROTECTED),
    K.TRAVEL_HELD: Needs((K.TRAVEL_ASKED,)),
    K.WITHDRAWN: Needs((K.REGISTERED,), before=(K.DECIDED,)),
    K.CLOSED: Needs((K.REGISTERED,), before=(K.DECIDED,)),
    K.REOPENED: Needs((K.CLOSED,)),
}

MET_BY: dict[DeadlineKind, tuple[StepKind, ...]] = {
    DeadlineKind.DESK: (K.REGISTERED,),
    DeadlineKind.FILING: (K.FILED,),
    DeadlineKind.COMPLETING: (K.COMPLETED,),
    DeadlineKind.CERTIFICATE: (K.RENEWED,),
    DeadlineKind.INTERVIEW: (K.INTERVIEW, K.DECIDED),
    DeadlineKind.DECISION: (K.DECIDED,),
    DeadlineKind.LEGAL_AID: (K.LEGAL_AID,),
    DeadlineKind.APPEAL: (K.APPEAL,),
    DeadlineKind.HEARING: (K.HEARING, K.COURT_DECIDED),
    DeadlineKind.COURT: (K.COURT_DECIDED,),
    DeadlineKind.TAKE_CHARGE: (K.TAKE_CHARGE, K.FRANCE),
    DeadlineKind.TRANSFER_APPEAL: (K.FRANCE,),
    DeadlineKind.REOPEN: (K.REOPENED,),
}

STAGES: dict[StepKind, Stage] = {
    K.SPADA: Stage.SPADA,
    K.REGISTERED: Stage.GUDA,
    K.TAKE_CHARGE: Stage.RESPONSIBILITY,
    K.FILED: Stage.OFPRA_FILED,
    K.INTERVIEW: Stage.OFPRA_INTERVIEW,
    K.APPEAL: Stage.CNDA,
}


def stage_of(step: Step) -> Stage | None:
    """The stage of the case to which a step leads."""
    if step.kind not in DECISIONS:
        return STAGES.get(StepKind(step.kind))
    if step.result in PROTECTED:
        return Stage.GRANTED
    return Stage.REJECTED_OFPRA if step.kind == K.DECIDED else Stage.REJECTED_FINAL


def grounds(kind: str, steps: Iterable[Step]) -> list[Step]:
    """The steps that lie behind `kind` and allow it."""
    needs = NEEDS[StepKind(kind)]
    return [
        step
        for step in steps
        if step.kind in needs.after and (not needs.results or step.result in needs.results)
    ]


def may_follow(kind: str, steps: Iterable[Step]) -> bool:
    """Whether `kind` can be noted now: it needs what lies before it, and happens once unless it repeats."""
    steps, needs = list(steps), NEEDS[StepKind(kind)]
    stop = stopped_by(steps)
    if stop or kind == K.REOPENED:
        return kind == K.REOPENED and stop is not None and stop.kind == K.CLOSED
    if kind not in REPEATED and any(step.kind == kind for step in steps):
        return False
    if any(step.kind in needs.before for step in steps):
        return False
    return not needs.after or bool(grounds(kind, steps))


def stopped_by(steps: Iterable[Step]) -> Step | None:
    """The step with which a claim was withdrawn or closed, if it was not reopened since."""
    turns = [step for step in steps if step.kind in STOPS or step.kind == K.REOPENED]
    last = max(turns, key=_when, default=None)
    return last if last and last.kind in STOPS else None


def earliest(kind: str, steps: Iterable[Step]) -> date | None:
    """The first day that `kind` can have: a claim does not stop before it was reopened, nor the other way round."""
    steps = list(steps)
    turns = [step.on for step in steps if step.kind in STOPS or step.kind == K.REOPENED]
    if turns and (kind in STOPS or kind == K.REOPENED):
        return max(turns)
    return min((step.on for step in grounds(kind, steps)), default=None)


def may_be_followed(steps: Iterable[Step]) -> bool:
    """Whether a re-examination can follow: the claim ended, by whatever way, and without protection."""
    steps = list(steps)
    kinds = {step.kind for step in steps}
    if any(step.result in PROTECTED for step in steps):
        return False
    rejected = K.COURT_DECIDED in kinds or (K.DECIDED in kinds and K.APPEAL not in kinds)
    return rejected or stopped_by(steps) is not None


def possible(steps: Iterable[Step]) -> list[StepKind]:
    steps = list(steps)
    return [kind for kind in StepKind if may_follow(kind, steps)]


def rest_on(step: Step, steps: Iterable[Step]) -> list[Step]:
    """The other steps that could not stand without this one."""
    left = [one for one in steps if one.pk != step.pk]
    if step.kind == K.REOPENED:
        return [one for one in left if _when(one) > _when(step)]
    return [one for one in left if NEEDS[StepKind(one.kind)].after and not grounds(one.kind, left)]


def is_over(steps: Iterable[Step]) -> bool:
    """Whether the claim is decided for good, withdrawn or closed."""
    steps = list(steps)
    return stopped_by(steps) is not None or any(
        step.kind == K.COURT_DECIDED or (step.kind == K.DECIDED and step.result == Result.REFUGEE)
        for step in steps
    )


def _when(step: Step) -> tuple[date, datetime]:
    return step.on, step.added_at
