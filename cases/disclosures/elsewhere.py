"""Who else knows of a person: slices above say what went out by their own doors. By pseudonym or by name, never a value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.applicants.models import Applicant


@dataclass(frozen=True)
class Told:
    """`fields`: codes of what is sealed and went out; none where only the pseudonym did."""

    on: date
    whom: str
    what: str
    by: str
    fields: tuple[str, ...] = ()


Teller = Callable[[Applicant], Sequence[Told]]
_TELLERS: list[Teller] = []


def register_teller(teller: Teller) -> None:
    _TELLERS.append(teller)


def told_elsewhere(applicant: Applicant) -> list[Told]:
    """The newest first."""
    return sorted(
        (one for teller in _TELLERS for one in teller(applicant)), key=lambda one: one.on, reverse=True
    )
