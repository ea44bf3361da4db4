"""What a small organisation cannot have: controls that need more people than there are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    people: int
    sentence: str


CONTROLS = (
    Control(
        2, "Two people who can open each name. Alone, a lost passphrase means going back to the paper shares."
    ),
    Control(3, "An administrator of accounts who sees no case, beside two people who do."),
    Control(4, "An auditor who takes no part in the cases."),
    Control(4, "A vetting decision by somebody other than the intake worker, with a deputy for absences."),
    Control(
        5, "Two vetting officers who vote without seeing each other, neither of whom took the person in."
    ),
    Control(
        6, "A third vetting officer where the two disagree; before that a guest can be invited for one case."
    ),
)


def missing_controls(headcount: int) -> list[str]:
    """Return a sentence for each control that cannot work with `headcount` people."""
    return [
        f"{control.sentence} Needs {control.people}." for control in CONTROLS if headcount < control.people
    ]


def share_rule(headcount: int) -> tuple[int, int]:
    """Return how many paper shares of the organisation key recover it, and how many are printed."""
    if headcount <= 2:
        return 2, 3
    return (2, 3) if headcount <= 4 else (3, 5)
