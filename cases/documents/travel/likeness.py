"""Papers that the rules of a day judge alike, so that each kind is judged once for many people."""

from bisect import bisect_right
from collections.abc import Hashable

from cases.documents.travel.ages import has_reached
from cases.documents.travel.days import plus_months, years_before
from cases.documents.travel.facts import Born, Paper, Status
from cases.documents.travel.rulebook import Rulebook

STATES = {Status.HELD: 0, Status.EXPIRED: 1}


class Likeness:
    """Whatever `papers.candidate` asks of a paper of this type is part of the answer here; a test compares the two."""

    def __init__(self, document: str, book: Rulebook) -> None:
        rows = book.of_document(document)
        months = {row.months_beyond for row in rows if row.months_beyond is not None}
        years = {row.years_since_issue for row in rows if row.years_since_issue is not None}
        bounds = {bound for row in rows for bound in (row.age_from, row.age_below) if bound is not None}
        self._on = book.on
        self._last_days = sorted({book.on} | {plus_months(book.on, number) for number in months})
        self._first_days = sorted(years_before(book.on, number) for number in years)
        self._pages = sorted({row.blank_pages for row in rows if row.blank_pages is not None})
        self._ages = sorted(bounds)

    def of(self, paper: Paper, born: Born | None) -> Hashable:
        expires, issued, pages = paper.expires, paper.issued, paper.blank_pages
        return (
            paper.type,
            STATES.get(paper.status, 2),
            None if expires is None else bisect_right(self._last_days, expires),
            None if issued is None else (issued > self._on, bisect_right(self._first_days, issued)),
            None if pages is None else bisect_right(self._pages, pages),
            paper.destination,
            *(has_reached(born, self._on, age) for age in self._ages),
        )
