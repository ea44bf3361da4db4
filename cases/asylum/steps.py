"""What has to lie behind each step of a claim, the stage it leads to, and which deadlines it meets. One table each."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.applicants.stages import Stage
from cases.asylum.models import DeadlineKind, Result, Step, StepKind

K = StepKind
PROTECTED = frozenset({Result.REFUGEE.value, Result.SUBSIDIARY.value})
# Against subsidiary protection one may appeal as well: for the status of a refugee.
APPEALABLE = frozenset({Result.REJECTED.value, Result.SUBSIDIARY.value})
REPEATED = frozenset({K.RENEWED, K.SENT_BACK, K.COMPLETED})
DECISIONS = frozenset({K.DECIDED, K.COURT_DECIDED})


@dataclass(frozen=True)
class Needs:
    """One of `after` must lie behind, and where `results` are named, with one of these."""

    after: tuple[StepKind, ...] = ()
    results: frozenset[str] = frozenset()


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
    steps = list(steps)
    if kind not in REPEATED and any(step.kind == kind for step in steps):
        return False
    return not NEEDS[StepKind(kind)].after or bool(grounds(kind, steps))


def possible(steps: Iterable[Step]) -> list[StepKind]:
    steps = list(steps)
    return [kind for kind in StepKind if may_follow(kind, steps)]


def rest_on(step: Step, steps: Iterable[Step]) -> list[Step]:
    """The other steps that could not stand without this one."""
    left = [one for one in steps if one.pk != step.pk]
    return [one for one in left if NEEDS[StepKind(one.kind)].after and not grounds(one.kind, left)]


def is_over(steps: Iterable[Step]) -> bool:
    """Whether the claim is decided for good: protection, or a rejection by the court."""
    return any(
        step.kind == K.COURT_DECIDED or (step.kind == K.DECIDED and step.result == Result.REFUGEE)
        for step in steps
    )
