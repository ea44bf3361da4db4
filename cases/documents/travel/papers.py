"""What one paper is worth at one border on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.documents.travel.ages import is_between
from cases.documents.travel.answers import Answer, Code, Reason
from cases.documents.travel.days import plus_months, years_before
from cases.documents.travel.facts import Born, Paper, Status
from cases.documents.travel.rulebook import ANY, CROSSING, Rulebook
from cases.documents.travel.rules import Effect, EntryRule, Visa

# A paper in one of these states cannot be shown at a border.
NOT_IN_HAND = frozenset(
    {Status.COPY, Status.LOST, Status.ARMY, Status.SEIZED, Status.APPLIED, Status.REFUSED}
)


@dataclass(frozen=True)
class Candidate:
    """An answer that one paper would give; `reasons` begin with the decisive one."""

    answer: Answer
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    # Whether a visa that opens the destination is all that is missing.
    by_visa: bool = False


def candidate(paper: Paper, born: Born | None, destination: str, book: Rulebook) -> Candidate | None:
    """Judge one paper; None where it is not the kind of paper that is shown at a border."""
    rules = book.entries(destination, paper.type)
    facts = book.types.get(paper.type)
    if not rules and (facts is None or facts.role not in CROSSING):
        return None
    against = _against(paper, destination, book)
    if against is not None:
        cited = Reason(against, rules[0] if rules else facts, paper)
        return Candidate(Answer.NO, (cited,))
    if not rules:
        return Candidate(Answer.UNKNOWN, (Reason(Code.NO_RULE, facts, paper),))
    return _by_age(paper, born, destination, rules, book)


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
    paper: Paper, born: Born | None, destination: str, rules: Sequence[EntryRule], book: Rulebook
) -> Candidate | None:
    """Choose the row for the traveller's age, one for certain ages above one for all.

    Where the age is not certain the most careful row counts.
    """
    fits = [(row, is_between(born, book.on, row.age_from, row.age_below)) for row in rules]
    for_all = [row for row in rules if row.age_from is None and row.age_below is None]
    certain = [row for row, fit in fits if fit and row not in for_all]
    possible = [row for row, fit in fits if fit is None]
    if certain or not possible:
        if not certain and not for_all:
            return _of_another_age(paper, rules, book)
        return _worst(_by_rule(paper, destination, row, book) for row in certain or for_all)
    careful = _worst(_by_rule(paper, destination, row, book) for row in (*possible, *for_all))
    if len(possible) + len(for_all) < 2 and careful.answer > Answer.UNKNOWN:
        # Of another age no row might fit at all.
        careful = replace(careful, answer=Answer.UNKNOWN, missing=(), by_visa=False)
    return replace(careful, reasons=(Reason(Code.AGE_UNKNOWN, possible[0], paper), *careful.reasons))


def _of_another_age(paper: Paper, rules: Sequence[EntryRule], book: Rulebook) -> Candidate | None:
    """The rows speak of other ages alone: what they accept is not accepted here, what they refuse says nothing."""
    accepting = next((row for row in rules if row.effect is Effect.ACCEPTED), None)
    if accepting is not None:
        return Candidate(Answer.NO, (Reason(Code.AGE, accepting, paper),))
    facts = book.types.get(paper.type)
    if facts is None or facts.role not in CROSSING:
        return None
    return Candidate(Answer.UNKNOWN, (Reason(Code.NO_RULE, rules[0], paper),))


def _worst(candidates: Iterable[Candidate]) -> Candidate:
    return min(candidates, key=lambda one: (one.answer, one.by_visa))


def _by_rule(paper: Paper, destination: str, rule: EntryRule, book: Rulebook) -> Candidate:
    if rule.effect is Effect.REFUSED:
        return Candidate(Answer.NO, (Reason(Code.NOT_ACCEPTED, rule, paper),))
    if rule.effect is Effect.UNKNOWN:
        return Candidate(Answer.UNKNOWN, (Reason(Code.NOT_YET_KNOWN, rule, paper),))
    if rule.destination == ANY and book.types[paper.type].role == "single" and not paper.destination:
        # Made for one journey, and nobody has written down for which.
        return Candidate(Answer.UNKNOWN, (Reason(Code.JOURNEY_UNKNOWN, rule, paper),))
    failing = _failing(paper, rule, book.on)
    if failing is not None:
        return Candidate(Answer.NO, (failing,))
    reasons = (Reason(Code.ACCEPTED, rule, paper), *_cautions(paper, rule, book))
    if rule.visa is Visa.NONE:
        return Candidate(Answer.YES, reasons)
    if rule.visa is Visa.UNKNOWN:
        return Candidate(Answer.UNKNOWN, (Reason(Code.VISA_UNKNOWN, rule, paper), *reasons), by_visa=True)
    needed = Reason(Code.VISA_NEEDED, rule, paper)
    return Candidate(Answer.VISA, (*reasons, needed), tuple(sorted(book.visas[destination])), by_visa=True)


def _failing(paper: Paper, rule: EntryRule, on: date) -> Reason | None:
    needed, issued_since = rule.months_beyond, rule.years_since_issue
    until = plus_months(on, needed) if needed is not None else None
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
