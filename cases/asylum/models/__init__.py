"""An asylum claim, and the rules by which its deadlines are counted."""

from cases.asylum.models.claims import Claim, ClaimMinor, DeadlineRule, RegimeRule, SetDate, Step
from cases.asylum.models.kinds import (
    AGAIN,
    REGIMES,
    DeadlineKind,
    Ground,
    Procedure,
    Responsibility,
    Result,
    StepKind,
    Track,
)

__all__ = [
    "AGAIN",
    "REGIMES",
    "Claim",
    "ClaimMinor",
    "DeadlineKind",
    "DeadlineRule",
    "Ground",
    "Procedure",
    "RegimeRule",
    "Responsibility",
    "Result",
    "SetDate",
    "Step",
    "StepKind",
    "Track",
]
