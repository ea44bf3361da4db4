"""What comes out: for each destination an answer, the paper it rests on, the reasons with the rows they cite, and the next step."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

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


@dataclass(frozen=True)
class Option:
    """One destination for one traveller on one day. `missing` are the codes of document types still to be had."""

    destination: str
    answer: Answer
    paper: Paper | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    remedy: RemedyRule | None = None
    # Papers that fell short, each with what was against it: shown below the answer.
    others: tuple[Reason, ...] = ()
    safety: tuple[SafetyRule, ...] = ()
    cites: tuple[Row, ...] = ()


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
