"""What the rules of one day say of one paper at one border."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from cases.documents.travel.answers import Answer, Code, Reason, Verdict
from cases.documents.travel.rulebook import ANY, ONE_JOURNEY, Rulebook
from cases.documents.travel.days import plus_months, plus_years
from cases.documents.travel.facts import Paper, Status
from cases.documents.travel.rules import Effect, EntryRule, Row, TypeFacts, Visa


def judge(paper: Paper, destination: str, ages: Iterable[int], book: Rulebook) -> Verdict | None:
    """Return the most careful verdict over all ages that the person can have; None where the paper is beside the point."""
    by_age = [_at_age(paper, destination, age, book) for age in ages]
    if not any(by_age) and not book.crosses(paper.type):
        return None
    verdicts = [verdict or _no_rule(paper, destination, book) for verdict in by_age]
    worst = min(verdicts, key=lambda verdict: verdict.careful)
    best = max(verdicts, key=lambda verdict: verdict.careful)
    return worst if worst.careful == best.careful else _age_matters(worst, best)


def paper_problems(paper: Paper, rule: Row | None, destination: str, book: Rulebook) -> Iterator[Reason]:
    """What is against a paper whatever the rule says; the rule is the one to cite."""
    if paper.status not in (Status.HELD, Status.EXPIRED):
        yield Reason(Code.NOT_IN_HAND, rule)
    if has_expired(paper, book):
        yield Reason(Code.EXPIRED, rule)
    if paper.issued is not None and paper.issued > book.on:
        yield Reason(Code.NOT_ISSUED_YET, rule)
    if book.role(paper.type) == ONE_JOURNEY and paper.destination not in ("", destination):
        yield Reason(Code.OTHER_JOURNEY, rule)


def has_expired(paper: Paper, book: Rulebook) -> bool:
    """A paper that is marked as expired was still good on the days before its date."""
    if paper.expires is None:
        return paper.status is Status.EXPIRED
    return paper.expires < book.on


def _at_age(paper: Paper, destination: str, age: int, book: Rulebook) -> Verdict | None:
    rows = book.rows_at(destination, paper.type, age)
    verdicts = (_by_rule(paper, row, destination, book) for row in rows)
    return min(verdicts, key=lambda verdict: verdict.careful, default=None)


def _by_rule(paper: Paper, row: EntryRule, destination: str, book: Rulebook) -> Verdict:
    cites = (row, *book.through(row.destination, destination))
    against = tuple(paper_problems(paper, row, destination, book))
    if row.effect is Effect.REFUSED:
        return Verdict(Answer.NO, (Reason(Code.NOT_ACCEPTED, row), *against), cites)
    if row.effect is Effect.ACCEPTED and not against:
        against = tuple(_unmet(paper, row, book))
    if against:
        return Verdict(Answer.NO, against, cites)
    if row.effect is Effect.UNKNOWN:
        return Verdict(Answer.UNKNOWN, (Reason(Code.NOT_YET_KNOWN, row),), cites)
    if doubts := tuple(_doubts(paper, row, book)):
        return Verdict(Answer.UNKNOWN, doubts, cites)
    reasons = (Reason(Code.ACCEPTED, row), *_cautions(paper, row, book))
    return _visa(Verdict(Answer.YES, reasons, cites), row, destination, book)


def _unmet(paper: Paper, row: EntryRule, book: Rulebook) -> Iterator[Reason]:
    """The conditions of a rule that a paper in hand does not meet."""
    if row.months_beyond is not None and paper.expires is not None:
        needed = plus_months(book.on, row.months_beyond)
        if paper.expires < needed:
            yield Reason(Code.EXPIRES_TOO_SOON, row, (("needed", needed),))
    issued, years = issue_day(paper, book.types.get(paper.type)), row.years_since_issue
    # "Within the previous ten years": on the tenth anniversary it is not within them any more.
    if years is not None and issued is not None and plus_years(issued, years) <= book.on:
        yield Reason(Code.ISSUED_TOO_LONG_AGO, row)
    if row.blank_pages is not None and paper.blank_pages is not None and paper.blank_pages < row.blank_pages:
        yield Reason(Code.TOO_FEW_PAGES, row)


def _doubts(paper: Paper, row: EntryRule, book: Rulebook) -> Iterator[Reason]:
    """Facts without which nobody can say yes."""
    facts = book.types.get(paper.type)
    runs_out = row.months_beyond is not None or (facts is not None and facts.years is not None)
    if paper.expires is None and runs_out:
        yield Reason(Code.EXPIRY_UNKNOWN, row)
    if row.years_since_issue is not None and issue_day(paper, facts) is None:
        yield Reason(Code.ISSUE_UNKNOWN, row)
    if book.role(paper.type) == ONE_JOURNEY and not paper.destination and row.destination == ANY:
        yield Reason(Code.JOURNEY_UNKNOWN, row)


def _cautions(paper: Paper, row: EntryRule, book: Rulebook) -> Iterator[Reason]:
    if row.blank_pages and paper.blank_pages is None:
        yield Reason(Code.PAGES_UNKNOWN, row)
    if paper.expires is None and book.role(paper.type) == ONE_JOURNEY:
        yield Reason(Code.EXPIRY_UNKNOWN, row)
    if row.by_air:
        yield Reason(Code.ONLY_BY_AIR, row)


def _visa(verdict: Verdict, row: EntryRule, destination: str, book: Rulebook) -> Verdict:
    if row.visa is Visa.NONE:
        return verdict
    visas = book.visa_rows(destination)
    opened = {
        visa.key: replace(
            verdict,
            reasons=(*verdict.reasons, Reason(Code.VISA_HELD, visa)),
            cites=(*verdict.cites, visa),
            by_visa=True,
        )
        for visa in visas
    }
    needed = row.visa is Visa.NEEDED
    return Verdict(
        Answer.VISA if needed else Answer.UNKNOWN,
        (*verdict.reasons, Reason(Code.VISA_NEEDED if needed else Code.VISA_UNKNOWN, row)),
        (*verdict.cites, *visas),
        missing=tuple(dict.fromkeys(visa.visa for visa in visas)) if needed else (),
        opened=opened,
    )


def issue_day(paper: Paper, facts: TypeFacts | None) -> date | None:
    """The day of issue; where nobody wrote it down, reckoned back from the last day by the usual validity."""
    if paper.issued is None and paper.expires is not None and facts is not None and facts.years is not None:
        return plus_years(paper.expires, -facts.years)
    return paper.issued


def _no_rule(paper: Paper, destination: str, book: Rulebook) -> Verdict:
    """No row decides: that a paper is accepted at another age alone is a no, anything else is unknown."""
    rows = book.rows_of_other_ages(destination, paper.type)
    nearest = next((row for row in rows if row.effect is Effect.ACCEPTED), *rows[:1]) if rows else None
    cited = nearest or book.types[paper.type]
    if against := tuple(paper_problems(paper, cited, destination, book)):
        return Verdict(Answer.NO, against, (cited,))
    if nearest is not None and nearest.effect is Effect.ACCEPTED:
        return Verdict(Answer.NO, (Reason(Code.AGE, nearest),), (nearest,))
    return Verdict(Answer.UNKNOWN, (Reason(Code.NO_RULE, cited),), (cited,))


def _age_matters(worst: Verdict, best: Verdict) -> Verdict:
    reason = Reason(Code.AGE_UNKNOWN, best.cites[0])
    cites = tuple({row.key: row for row in (*worst.cites, *best.cites)}.values())
    return replace(
        worst,
        reasons=(*worst.reasons, reason),
        cites=cites,
        opened={
            key: replace(verdict, reasons=(*verdict.reasons, reason), cites=(*verdict.cites, best.cites[0]))
            for key, verdict in worst.opened.items()
        },
    )
