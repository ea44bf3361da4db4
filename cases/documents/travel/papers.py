"""What one paper is worth at one border on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.documents.travel.ages import is_between, years_before
from cases.documents.travel.answers import Answer, Code, Reason
from cases.documents.travel.facts import Paper, Status, Traveller
from cases.documents.travel.rulebook import ANY, Rulebook
from cases.documents.travel.rules import Effect, EntryRule, Visa

# Roles of documents that may be shown at a border although no row says anything about them.
CROSSING = frozenset({"travel", "single"})
# A paper in one of these states cannot be shown at a border.
NOT_IN_HAND = frozenset(
    {Status.COPY, Status.LOST, Status.ARMY, Status.SEIZED, Status.APPLIED, Status.REFUSED}
)


@dataclass(frozen=True)
class Candidate:
    """An answer that one paper would give; `reasons` begin with the decisive one."""

    answer: Answer
    paper: Paper | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def candidate(traveller: Traveller, paper: Paper, destination: str, book: Rulebook) -> Candidate | None:
    """Judge one paper; None where it is not the kind of paper that is shown at a border."""
    rules = book.entries(destination, paper.type)
    facts = book.types.get(paper.type)
    if not rules and (facts is None or facts.role not in CROSSING):
        return None
    against = _against(paper, destination, book)
    if against is not None:
        cited = Reason(against, rules[0] if rules else facts, paper)
        return Candidate(Answer.NO, paper, (cited,))
    if not rules:
        return Candidate(Answer.UNKNOWN, paper, (Reason(Code.NO_RULE, facts, paper),))
    return _by_age(traveller, paper, destination, rules, book)


def is_valid(paper: Paper, on: date) -> bool:
    """Whether a paper is in hand and good on a day, so far as its own dates say."""
    return (
        paper.status is Status.HELD
        and (paper.issued is None or paper.issued <= on)
        and (paper.expires is None or on <= paper.expires)
    )


def _against(paper: Paper, destination: str, book: Rulebook) -> Code | None:
    """What stands in the paper itself, whatever the border says."""
    if paper.status in NOT_IN_HAND:
        return Code.NOT_IN_HAND
    if paper.status is Status.EXPIRED or (paper.expires is not None and paper.expires < book.on):
        return Code.EXPIRED
    if paper.issued is not None and paper.issued > book.on:
        return Code.NOT_ISSUED_YET
    if paper.destination and paper.destination != destination:
        return Code.OTHER_JOURNEY
    return None


def _by_age(
    traveller: Traveller, paper: Paper, destination: str, rules: Sequence[EntryRule], book: Rulebook
) -> Candidate:
    """Choose the row for the traveller's age. Where the age is not certain the most careful row counts."""
    fits = [(row, is_between(traveller.born, book.on, row.age_from, row.age_below)) for row in rules]
    certain = [row for row, fit in fits if fit]
    if certain:
        return _worst(_by_rule(traveller, paper, destination, row, book) for row in certain)
    possible = [row for row, fit in fits if fit is None]
    if not possible:
        return Candidate(Answer.NO, paper, (Reason(Code.AGE, rules[0], paper),))
    careful = _worst(_by_rule(traveller, paper, destination, row, book) for row in possible)
    # Of another age no row might fit at all.
    answer = min(careful.answer, Answer.UNKNOWN) if len(possible) < 2 else careful.answer
    unknown = Reason(Code.AGE_UNKNOWN, possible[0], paper)
    return Candidate(answer, paper, (unknown, *careful.reasons), careful.missing)


def _worst(candidates: Iterable[Candidate]) -> Candidate:
    return min(candidates, key=lambda one: one.answer)


def _by_rule(
    traveller: Traveller, paper: Paper, destination: str, rule: EntryRule, book: Rulebook
) -> Candidate:
    if rule.effect is Effect.REFUSED:
        return Candidate(Answer.NO, paper, (Reason(Code.NOT_ACCEPTED, rule, paper),))
    if rule.effect is Effect.UNKNOWN:
        return Candidate(Answer.UNKNOWN, paper, (Reason(Code.NOT_YET_KNOWN, rule, paper),))
    if rule.destination == ANY and book.types[paper.type].role == "single" and not paper.destination:
        # Made for one journey, and nobody has written down for which.
        return Candidate(Answer.UNKNOWN, paper, (Reason(Code.JOURNEY_UNKNOWN, rule, paper),))
    failing = _failing(paper, rule, book.on)
    if failing is not None:
        return Candidate(Answer.NO, paper, (failing,))
    reasons = (Reason(Code.ACCEPTED, rule, paper), *_cautions(paper, rule, book))
    if rule.visa is Visa.NONE:
        return Candidate(Answer.YES, paper, reasons)
    if rule.visa is Visa.UNKNOWN:
        return Candidate(Answer.UNKNOWN, paper, (*reasons, Reason(Code.VISA_UNKNOWN, rule, paper)))
    return _with_visa(traveller, paper, destination, reasons, rule, book)


def _with_visa(
    traveller: Traveller,
    paper: Paper,
    destination: str,
    reasons: tuple[Reason, ...],
    rule: EntryRule,
    book: Rulebook,
) -> Candidate:
    opens = book.visas[destination]
    for held in traveller.papers:
        # A visa without an end is a visa nobody has looked at.
        if held.type in opens and held.expires is not None and is_valid(held, book.on):
            return Candidate(Answer.YES, paper, (*reasons, Reason(Code.VISA_HELD, opens[held.type], held)))
    needed = Reason(Code.VISA_NEEDED, rule, paper)
    return Candidate(Answer.VISA, paper, (*reasons, needed), tuple(sorted(opens)))


def _failing(paper: Paper, rule: EntryRule, on: date) -> Reason | None:
    needed, issued_since = rule.months_beyond, rule.years_since_issue
    until = months_after(on, needed) if needed is not None else None
    if until is not None and paper.expires is not None and paper.expires < until:
        return Reason(Code.EXPIRES_TOO_SOON, rule, paper, (("until", until),))
    if (
        issued_since is not None
        and paper.issued is not None
        and paper.issued < years_before(on, issued_since)
    ):
        return Reason(Code.ISSUED_TOO_LONG_AGO, rule, paper)
    if None not in (rule.blank_pages, paper.blank_pages) and (paper.blank_pages or 0) < (
        rule.blank_pages or 0
    ):
        return Reason(Code.TOO_FEW_PAGES, rule, paper)
    return None


def _cautions(paper: Paper, rule: EntryRule, book: Rulebook) -> list[Reason]:
    """What is to be looked at although it does not stand against the journey."""
    facts = book.types.get(paper.type)
    expected = facts is not None and facts.years is not None
    found = (
        (Code.ONLY_BY_AIR, rule.by_air),
        (Code.EXPIRY_UNKNOWN, paper.expires is None and (expected or rule.months_beyond is not None)),
        (Code.ISSUE_UNKNOWN, paper.issued is None and rule.years_since_issue is not None),
        (Code.PAGES_UNKNOWN, paper.blank_pages is None and rule.blank_pages is not None),
    )
    return [Reason(code, rule, paper) for code, holds in found if holds]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)
