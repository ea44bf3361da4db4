"""What comes out: for each destination an answer, the paper it rests on, the reasons with the rows they cite, and the next step."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import ExitRule, RemedyRule, Row, SafetyRule


class Answer(IntEnum):
    """In this order: more papers never lead to a smaller one."""

    NO = 0
    UNKNOWN = 1
    REMEDY = 2
    VISA = 3
    YES = 4


class Code(StrEnum):
    """Why. Each has a sentence in every language in `documents.words`; the parameters are named there."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NOT_YET_KNOWN = "not_yet_known"
    NO_RULE = "no_rule"
    NOT_IN_HAND = "not_in_hand"
    EXPIRED = "expired"
    EXPIRY_UNKNOWN = "expiry_unknown"
    EXPIRES_TOO_SOON = "expires_too_soon"
    NOT_ISSUED_YET = "not_issued_yet"
    ISSUED_TOO_LONG_AGO = "issued_too_long_ago"
    ISSUE_UNKNOWN = "issue_unknown"
    TOO_FEW_PAGES = "too_few_pages"
    PAGES_UNKNOWN = "pages_unknown"
    AGE = "age"
    AGE_UNKNOWN = "age_unknown"
    OTHER_JOURNEY = "other_journey"
    JOURNEY_UNKNOWN = "journey_unknown"
    ONLY_BY_AIR = "only_by_air"
    VISA_HELD = "visa_held"
    VISA_NEEDED = "visa_needed"
    VISA_UNKNOWN = "visa_unknown"
    NO_PAPER = "no_paper"
    REMEDY = "remedy"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True)
class Reason:
    """`rule` is the row it rests on, None where it follows from the paper alone."""

    code: Code
    rule: Row | None = None
    paper: Paper | None = None
    values: tuple[tuple[str, Any], ...] = ()


class Weighed(Protocol):
    """All papers of one traveller, judged for every destination."""

    def reasons(self, option: "Option") -> tuple[Reason, ...]: ...
    def others(self, option: "Option") -> tuple[Reason, ...]: ...


# Not frozen for speed alone: of 10,000 people there are 400,000. Nothing changes one.
@dataclass(slots=True)
class Option:
    """One destination for one traveller on one day. `missing` are the codes of document types still to be had.

    Why is worked out when it is read: a list asks ten thousand people for their answers and nobody for the reasons.
    """

    destination: str
    answer: Answer
    paper: Paper | None
    missing: tuple[str, ...]
    remedy: RemedyRule | None
    safety: tuple[SafetyRule, ...]
    weighed: Weighed = field(repr=False, compare=False)
    # Its place among the destinations of the rules.
    place: int = field(default=0, repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The decisive one first."""
        return self.weighed.reasons(self)

    @property
    def others(self) -> tuple[Reason, ...]:
        """Of each other paper the decisive reason: shown below the answer."""
        return self.weighed.others(self)

    @property
    def cites(self) -> tuple[Row, ...]:
        """Every row that the answer rests on."""
        rows = [one.rule for one in (*self.reasons, *self.others) if one.rule is not None]
        return tuple({row.key: row for row in (*rows, *self.safety)}.values())


@dataclass(frozen=True)
class Together:
    """One destination for a household: the worst answer among its members, and on whom it hangs."""

    destination: str
    answer: Answer
    hangs_on: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What a destination is answered on one day and on another, with the rows that begin or end in between."""

    before: Option
    after: Option
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Leaving:
    """Whether somebody can leave the place; `stops` and `asks` say no and not yet, `unknown` what nobody asked."""

    stops: tuple[ExitRule, ...]
    asks: tuple[ExitRule, ...]
    unknown: tuple[ExitRule, ...]
