"""What the rules of one day say of one paper at one border."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cases.documents.travel.answers import Answer, Code, Reason
from cases.documents.travel.book import Rulebook, is_place
from cases.documents.travel.days import plus_months, plus_years
from cases.documents.travel.facts import Paper, Status
from cases.documents.travel.rules import Effect, EntryRule, Row, TypeFacts, Visa

ONE_JOURNEY = "single"


@dataclass(frozen=True)
class Verdict:
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


def judge(paper: Paper, destination: str, age_places: range, book: Rulebook) -> Verdict | None:
    """Return the most careful verdict over all ages that the person can have; None where the paper is beside the point."""
    by_age = [_at_age(paper, destination, place, book) for place in age_places]
    if not any(by_age):
        return _no_rule(paper, destination, book) if is_crossing(paper, book) else None
    verdicts = [verdict or _not_at_this_age(paper, destination, book) for verdict in by_age]
    worst = min(verdicts, key=lambda verdict: verdict.careful)
    best = max(verdicts, key=lambda verdict: verdict.careful)
    return worst if worst.careful == best.careful else _age_matters(worst, best)


def is_crossing(paper: Paper, book: Rulebook) -> bool:
    """Whether a missing rule is an open question: of an identity paper that no country takes at all it is none."""
    role = _role(paper, book)
    return role in ("travel", ONE_JOURNEY) or (role == "identity" and paper.type in book.ever_named)


def paper_problems(paper: Paper, rule: Row | None, book: Rulebook) -> Iterator[Reason]:
    """What is against a paper at every border."""
    if paper.status not in (Status.HELD, Status.EXPIRED):
        yield Reason(Code.NOT_IN_HAND, rule)
    if has_expired(paper, book):
        yield Reason(Code.EXPIRED, rule)
    if paper.issued is not None and paper.issued > book.on:
        yield Reason(Code.NOT_ISSUED_YET, rule)


def has_expired(paper: Paper, book: Rulebook) -> bool:
    """A paper that is marked as expired was still good on the days before its date."""
    if paper.expires is None:
        return paper.status is Status.EXPIRED
    return paper.expires < book.on


def _at_age(paper: Paper, destination: str, age_place: int, book: Rulebook) -> Verdict | None:
    rows = book.rows_at(destination, paper.type, age_place)
    verdicts = (_by_rule(paper, row, destination, book) for row in rows)
    return min(verdicts, key=lambda verdict: verdict.careful, default=None)


def _by_rule(paper: Paper, row: EntryRule, destination: str, book: Rulebook) -> Verdict:
    cites = (row, *book.through(row.destination, destination))
    against = [*paper_problems(paper, row, book), *_problems(paper, row, destination, book)]
    if row.effect is Effect.REFUSED:
        return Verdict(Answer.NO, (Reason(Code.NOT_ACCEPTED, row), *against), cites)
    if against:
        return Verdict(Answer.NO, tuple(against), cites)
    if row.effect is Effect.UNKNOWN:
        return Verdict(Answer.UNKNOWN, (Reason(Code.NOT_YET_KNOWN, row),), cites)
    if doubts := tuple(_doubts(paper, row, book)):
        return Verdict(Answer.UNKNOWN, doubts, cites)
    reasons = (Reason(Code.ACCEPTED, row), *_cautions(paper, row, book))
    return _visa(Verdict(Answer.YES, reasons, cites), row, destination, book)


def _problems(paper: Paper, row: EntryRule, destination: str, book: Rulebook) -> Iterator[Reason]:
    if _role(paper, book) == ONE_JOURNEY and paper.destination not in ("", destination):
        yield Reason(Code.OTHER_JOURNEY, row)
    if row.effect is not Effect.ACCEPTED:
        return
    if row.months_beyond is not None and paper.expires is not None and paper.expires >= book.on:
        needed = plus_months(book.on, row.months_beyond)
        if paper.expires < needed:
            yield Reason(Code.EXPIRES_TOO_SOON, row, (("needed", needed),))
    issued = issue_day(paper, book.types.get(paper.type))
    if row.years_since_issue is not None and issued is not None:
        # "Within the previous ten years": on the tenth anniversary it is not within them any more.
        if plus_years(issued, row.years_since_issue) <= book.on:
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
    if _role(paper, book) == ONE_JOURNEY and not paper.destination and not is_place(row.destination):
        yield Reason(Code.JOURNEY_UNKNOWN, row)


def _cautions(paper: Paper, row: EntryRule, book: Rulebook) -> Iterator[Reason]:
    if row.blank_pages and paper.blank_pages is None:
        yield Reason(Code.PAGES_UNKNOWN, row)
    if paper.expires is None and _role(paper, book) == ONE_JOURNEY:
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


def _role(paper: Paper, book: Rulebook) -> str:
    facts = book.types.get(paper.type)
    return facts.role if facts is not None else ""


def _no_rule(paper: Paper, destination: str, book: Rulebook) -> Verdict:
    nearest = book.nearest_row(destination, paper.type)
    cites = (nearest,) if nearest is not None else ()
    if against := tuple(paper_problems(paper, nearest, book)):
        return Verdict(Answer.NO, against, cites)
    if _role(paper, book) == ONE_JOURNEY and paper.destination not in ("", destination):
        return Verdict(Answer.NO, (Reason(Code.OTHER_JOURNEY, nearest),), cites)
    return Verdict(Answer.UNKNOWN, (Reason(Code.NO_RULE, nearest),), cites)


def _not_at_this_age(paper: Paper, destination: str, book: Rulebook) -> Verdict:
    """The rules speak of the paper for another age alone."""
    if is_crossing(paper, book):
        return _no_rule(paper, destination, book)
    nearest = book.nearest_row(destination, paper.type)
    return Verdict(Answer.NO, (Reason(Code.NOT_ACCEPTED, nearest),), (nearest,) if nearest else ())


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
