"""What comes out: for each destination an answer, the paper it rests on, the reasons with the rows they cite, and the next step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import ExitRule, RemedyRule, Row, SafetyRule, StayRule


class Answer(IntEnum):
    """In this order: more papers never lead to a smaller one."""

    NO = 0
    UNKNOWN = 1
    REMEDY = 2
    VISA = 3
    YES = 4


class Code(StrEnum):
    """Why. Each has a sentence in every language in `documents.words`."""

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
    OTHER_JOURNEY = "other_journey"
    JOURNEY_UNKNOWN = "journey_unknown"
    TOO_FEW_PAGES = "too_few_pages"
    PAGES_UNKNOWN = "pages_unknown"
    AGE = "age"
    AGE_UNKNOWN = "age_unknown"
    ONLY_BY_AIR = "only_by_air"
    VISA_HELD = "visa_held"
    VISA_NEEDED = "visa_needed"
    VISA_UNKNOWN = "visa_unknown"
    NO_PAPER = "no_paper"
    REMEDY = "remedy"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True)
class Reason:
    """`rule` is the row it rests on: an entry rule, a visa rule, a remedy, or what is known of the type of the paper.

    It names no paper, so that one reason serves everybody whose paper is judged alike: see `Option` and `Against`.
    """

    code: Code
    rule: Row | None = None
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one paper at one border."""

    answer: Answer
    reasons: tuple[Reason, ...]
    cites: tuple[Row, ...]
    missing: tuple[str, ...] = ()
    # What it becomes with a visa in hand, by the key of the row that says what the visa opens.
    opened: Mapping[str, "Verdict"] = field(default_factory=dict)
    by_visa: bool = False

    @property
    def careful(self) -> tuple[Answer, Answer]:
        """The smaller, the more careful; also once a visa is there."""
        return self.answer, min((verdict.answer for verdict in self.opened.values()), default=self.answer)


@dataclass(frozen=True)
class Against:
    """What kept one paper from leading to a better answer."""

    paper: Paper
    reasons: tuple[Reason, ...]


class Weighed(Protocol):
    """All papers of a traveller with what was found of them, for every destination by its place in the list."""

    def at(self, place: int) -> Iterator[tuple[Paper, Verdict]]: ...


# Not frozen for speed alone: 10,000 people have 700,000 of these. Nothing may change one.
@dataclass(slots=True)
class Option:
    """One destination for one traveller on one day.

    `paper` is the one that the answer rests on: for NO and UNKNOWN the one that came closest, for REMEDY the one
    that proves who the person is, None where there is none. `missing` are the codes of document types still to be had,
    any one of them.
    """

    destination: str
    on: date
    answer: Answer
    paper: Paper | None
    reasons: tuple[Reason, ...]
    # The rows that the answer rests on, one at least.
    cites: tuple[Row, ...]
    safety: tuple[SafetyRule, ...] = ()
    missing: tuple[str, ...] = ()
    visa: Paper | None = None
    # What can be applied for, in the order in which it is to be tried; `missing` is the document of the first.
    remedies: tuple[RemedyRule, ...] = ()
    weighed: Weighed | None = field(default=None, repr=False, compare=False)
    place: int = field(default=0, repr=False, compare=False)

    @property
    def remedy(self) -> RemedyRule | None:
        return self.remedies[0] if self.remedies else None

    @property
    def others(self) -> tuple[Against, ...]:
        """The papers that fell short of the answer, and all that lead nowhere. Read when asked for: few readers do."""
        return tuple(
            Against(paper, verdict.reasons)
            for paper, verdict in (self.weighed.at(self.place) if self.weighed is not None else ())
            if (verdict.answer < self.answer or verdict.answer < Answer.REMEDY)
            and (paper is not self.paper or self.answer is Answer.REMEDY)
        )

    def rows(self) -> tuple[Row, ...]:
        """Every row that stands behind what is said here, also of the papers that fell short and of safety."""
        return tuple({row.key: row for row in self._all_rows()}.values())

    def _all_rows(self) -> Iterator[Row]:
        yield from self.cites
        for reason in (*self.reasons, *(reason for other in self.others for reason in other.reasons)):
            if reason.rule is not None:
                yield reason.rule
        yield from self.safety


@dataclass(frozen=True)
class Leaving:
    """Whether somebody can leave the place; `stops` and `asks` say no and not yet, `unknown` what nobody asked."""

    stops: tuple[ExitRule, ...]
    asks: tuple[ExitRule, ...]
    unknown: tuple[ExitRule, ...]
    # The last day of lawful stay and the rule it follows from, where both are known.
    lawful_until: tuple[StayRule, date] | None = None


@dataclass(frozen=True)
class Together:
    """One destination for several people at once: the worst of their answers, and the keys of those it hangs on."""

    destination: str
    answer: Answer
    hangs_on: tuple[str, ...]
    members: tuple[tuple[str, Option], ...]


@dataclass(frozen=True)
class Change:
    """What is different for a destination on a later day: rows that ended in between, and rows that began."""

    destination: str
    before: Option
    after: Option
    ended: tuple[Row, ...]
    begun: tuple[Row, ...]
