"""What can be done about handing names over, one function a verb."""

from cases.disclosures.operations.asking import answer_export, ask_export, withdraw_export
from cases.disclosures.operations.blanks import add_form, retire_form, set_columns
from cases.disclosures.operations.collecting import Collected, collect_export
from cases.disclosures.operations.handing import Terms, hand_over, record_disclosure

__all__ = [
    "Collected",
    "Terms",
    "add_form",
    "answer_export",
    "ask_export",
    "collect_export",
    "hand_over",
    "record_disclosure",
    "retire_form",
    "set_columns",
    "withdraw_export",
]
