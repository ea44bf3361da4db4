"""What is done to a claim, one function a verb."""

from cases.asylum.operations.claims import (
    Noted,
    add_step,
    attach_minor,
    detach_minor,
    open_again,
    open_claim,
    set_law,
    take_back,
)
from cases.asylum.operations.dates import set_date

__all__ = [
    "Noted",
    "add_step",
    "attach_minor",
    "detach_minor",
    "open_again",
    "open_claim",
    "set_date",
    "set_law",
    "take_back",
]
