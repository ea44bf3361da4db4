"""Sentences shown beside a check: what other parts of the vetting know about it, such as how many referees were heard.

A part registers its own in `AppConfig.ready()`. A hint stands in clear: it counts and dates, and tells nothing that happened.
"""

from collections import defaultdict
from collections.abc import Callable

from cases.applicants.models import Applicant

Hint = Callable[[Applicant], list[str]]

HINTS: dict[str, list[Hint]] = defaultdict(list)


def register_hint(code: str, hint: Hint) -> None:
    HINTS[code].append(hint)


def hints_for(applicant: Applicant, code: str) -> list[str]:
    return [sentence for hint in HINTS.get(code, ()) for sentence in hint(applicant)]
