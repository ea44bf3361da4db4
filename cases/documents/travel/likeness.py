"""Papers that the rules of a day judge alike, so that each kind is judged once for many people."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from datetime import date

from cases.documents.travel.book import Rulebook
from cases.documents.travel.days import plus_months, plus_years
from cases.documents.travel.facts import Paper, Status
from cases.documents.travel.verdicts import issue_day

IN_HAND = {Status.HELD: 0, Status.EXPIRED: 1}


class Likeness:
    """Whatever `verdicts.judge` asks of a paper has to be part of the answer here; a test compares the two."""

    def __init__(self, book: Rulebook) -> None:
        rows = book.rules.entries
        self._book = book
        self._expiries = sorted(
            {plus_months(book.on, months) for months in _said(row.months_beyond for row in rows)} | {book.on}
        )
        self._years = sorted(set(_said(row.years_since_issue for row in rows)))
        self._pages = sorted(set(_said(row.blank_pages for row in rows)))

    def of(self, paper: Paper) -> Hashable:
        expires, issued, pages = paper.expires, paper.issued, paper.blank_pages
        return (
            paper.type,
            IN_HAND.get(paper.status, 2),
            -1 if expires is None else bisect_right(self._expiries, expires),
            issued is not None and issued > self._book.on,
            self._old(issue_day(paper, self._book.types.get(paper.type))),
            -1 if pages is None else bisect_right(self._pages, pages),
            paper.destination,
        )

    def _old(self, issued: date | None) -> int:
        """How many of the limits on the years since issue have passed, -1 where nobody knows."""
        if issued is None:
            return -1
        return sum(plus_years(issued, years) <= self._book.on for years in self._years)


def _said(numbers: Iterable[int | None]) -> Iterable[int]:
    return (number for number in numbers if number is not None)
