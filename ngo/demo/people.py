"""Forty-one invented people, of whom the first ten are one group: six men and four companions.

The family names in `people.csv` say that they are made up (Vydumanov: "invented", Primerov: "of the example" …).
"""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Invented:
    """One line of the demo: the case has stood at `stage` for `days`; `principal` is the line of the principal applicant
    whose household the person belongs to as `kin`."""

    name: str
    latin: str
    birth: str
    category: str
    country: str
    channel: str
    stage: str
    days: int
    urgency: int
    why: str
    needs: str
    kin: str
    principal: int | None
    place: str


def _read() -> tuple[Invented, ...]:
    with Path(__file__).with_name("people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_person(row) for row in csv.DictReader(file))


def _person(row: dict[str, str]) -> Invented:
    text = {key: value for key, value in row.items() if key not in ("days", "urgency", "principal")}
    principal = int(row["principal"]) if row["principal"] else None
    return Invented(**text, days=int(row["days"]), urgency=int(row["urgency"]), principal=principal)


PEOPLE = _read()

# place in the list, days ago, text
NOTES = (
    (
        0,
        6,
        "Called by Signal, 20 minutes. Sleeps badly, asks each time whether his wife is on the same list. Told him: yes, one household.",
    ),
    (
        0,
        2,
        "The neighbour says that two men in plain clothes asked for the tenant of the flat. He has moved to the second address.",
    ),
    (1, 4, "Sent the photographs of the pages again; the first ones were cut at the edge."),
    (
        2,
        11,
        "Agreed on the words for the next call: he says “the weather is fine” when somebody stands beside him.",
    ),
    (
        10,
        1,
        "First message at night. Wants to know whether we need his passport. Answered: nothing by this channel, first a call.",
    ),
    (18, 5, "First interview held, two hours, with an interpreter. The months of spring are still unclear."),
    (19, 9, "Asked for a second person who served with him; he names two, both outside Russia."),
    (
        30,
        0,
        "Stopped at the airport, questioned for three hours, released. Lawyer informed. He does not go back to the flat.",
    ),
    (31, 3, "Met at the airport by us. First night with the host family."),
)

# place in the list, what, due in days, who
TASKS = (
    (0, "Ask the host for the accommodation certificate", 2, "claire"),
    (2, "Write to the consulate about the laissez-passer", -3, "claire"),
    (10, "Call back, say who we are and what we can do", 0, "claire"),
    (13, "Send a last message, then close if there is no answer", -1, "claire"),
    (15, "Find a pharmacy that gives insulin without a local number", 1, "claire"),
    (18, "Second interview, with another interviewer", 4, "viktor"),
    (19, "Ask the referees", -2, "viktor"),
    (22, "Look at the contradiction about the date of leave", 6, "viktor"),
    (27, "Answer the questions of the ministry", 3, "ana"),
    (29, "Confirm who meets him at the gate", 1, "ana"),
    (30, "Ask the lawyer about the exit ban", 0, "ana"),
    (31, "Go with him to the first reception body", 1, "claire"),
)
