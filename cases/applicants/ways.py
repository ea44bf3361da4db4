"""Where a case could go next, as one colleague sees it: the open ways, and what stands in the others."""

from dataclasses import dataclass

from cases.applicants.consents import waits_for
from cases.applicants.models import Applicant, Purpose
from cases.applicants.stages import ENDINGS, NEEDED, Move, Transition, obstacles, transitions_from
from cases.staff.models import User


@dataclass(frozen=True)
class Way:
    target: str
    label: str
    obstacles: list[str]
    needs_reason: bool
    # What the person has to be asked before: the page leads there.
    consent: Purpose | None = None

    @property
    def is_open(self) -> bool:
        return not self.obstacles

    @property
    def is_ending(self) -> bool:
        return self.target in ENDINGS


def ways_from(applicant: Applicant, by: User) -> list[Way]:
    return [_way(applicant, transition, by) for transition in transitions_from(applicant.stage)]


def _way(applicant: Applicant, transition: Transition, by: User) -> Way:
    if not by.may(transition.permission):
        found = [str(NEEDED[transition.permission])]
    else:
        # The reason is asked on the page itself, so its absence is no obstacle yet.
        found = obstacles(transition, Move(applicant, transition.target, by, reason="–"))
    return Way(
        transition.target.value,
        str(transition.target.label),
        found,
        "reason_given" in transition.guards,
        waits_for(applicant, transition.target) if found else None,
    )
