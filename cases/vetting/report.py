"""The vetting report: what was checked, by whom and with which result, by pseudonym. What happened stays sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.applicants.models import Applicant
from cases.vetting.decision_page import DecisionLine, NeededLine, decision_lines, needed_lines
from cases.vetting.models import Check
from cases.vetting.queries.decisions import Standing, standing
from cases.vetting.queries.questions import open_questions


@dataclass(frozen=True)
class Report:
    """`decision`: the living one, with `now.flaws` where it does not count; of votes under way nothing is told."""

    now: Standing
    checks: Sequence[Check]
    missing: Sequence[NeededLine]
    decision: DecisionLine | None
    earlier: Sequence[DecisionLine]
    versions: dict[str, Any]
    questions: int


def report_of(applicant: Applicant) -> Report:
    now = standing(applicant)
    checks = Check.objects.filter(applicant=applicant).select_related("kind", "by")
    lines = decision_lines(applicant)
    return Report(
        now=now,
        checks=list(checks.order_by("kind__order", "kind")),
        missing=[line for line in needed_lines(now) if line.check is None],
        decision=next((line for line in lines if line.decision.ended_at is None), None),
        earlier=[line for line in lines if line.decision.ended_at is not None],
        versions=now.basis,
        questions=open_questions(applicant).count(),
    )
