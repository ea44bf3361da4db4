"""Which deadlines a claim has now: its steps held against the rules. Reads nothing and saves nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.asylum.models import AGAIN, Claim, DeadlineKind, DeadlineRule, Step, StepKind
from cases.asylum.reckoning import End, end_of
from cases.asylum.steps import MET_BY, is_over


@dataclass(frozen=True)
class Term:
    """A deadline that counts from `start`. `rule` is None where no rule is known for this law and day."""

    kind: str
    start: Step
    rule: DeadlineRule | None

    @property
    def end(self) -> End | None:
        period = self.rule.period if self.rule else None
        return end_of(self.start.on, period) if period else None


def terms_of(claim: Claim, steps: Sequence[Step], rules: Iterable[DeadlineRule]) -> list[Term]:
    """The deadlines that are open, at most one of a kind, in the order in which they come in a procedure."""
    # A claim that stopped leaves one question: until when it can be reopened.
    kinds: Iterable[DeadlineKind] = [DeadlineKind.REOPEN] if is_over(steps) else DeadlineKind
    by_kind: dict[str, list[DeadlineRule]] = {}
    for rule in rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    found = (_term(claim, steps, kind, by_kind.get(kind, [])) for kind in kinds)
    return [term for term in found if term]


def _term(claim: Claim, steps: Sequence[Step], kind: DeadlineKind, rules: list[DeadlineRule]) -> Term | None:
    ours = [rule for rule in rules if fits(rule, claim)]
    # Without a rule of this law the others still say what the deadline begins with: that it is not known is shown.
    events = {rule.counts_from for rule in ours or rules}
    start = max(
        (step for step in steps if step.kind in events),
        key=lambda step: (step.on, step.added_at),
        default=None,
    )
    if start is None or is_met(kind, start, steps) or not _arises(kind, start):
        return None
    fitting = [rule for rule in ours if rule.counts_from == start.kind and in_force(rule, start.on)]
    # Of several the one that ends first; one that says "not known" outranks them: then nobody should count on a day.
    best = min(fitting, key=lambda rule: _order(rule, start), default=None)
    return Term(kind, start, best)


def is_met(kind: str, start: Step, steps: Iterable[Step]) -> bool:
    ends = MET_BY[DeadlineKind(kind)]
    return any(step.kind in ends and step.pk != start.pk and step.on >= start.on for step in steps)


def fits(rule: DeadlineRule, claim: Claim) -> bool:
    laws = {claim.procedure, claim.responsibility}
    tracks = (AGAIN,) if claim.former_id else ("", claim.track)
    return rule.regime in laws and rule.track in tracks


def in_force(rule: DeadlineRule, day: date) -> bool:
    return (rule.begins is None or rule.begins <= day) and (rule.ends is None or rule.ends >= day)


def _arises(kind: str, start: Step) -> bool:
    """An appeal follows a decision only if something was refused."""
    from_decision = start.kind in (StepKind.DECIDED, StepKind.COURT_DECIDED)
    return not from_decision or start.result != "refugee"


def _order(rule: DeadlineRule, start: Step) -> tuple[date, str]:
    return (end_of(start.on, rule.period).day if rule.period else date.min, rule.key)
