"""Papers that the rules of a day judge alike, so that each kind is judged once for many people."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable

from cases.documents.travel.rulebook import ONE_JOURNEY, Rulebook
from cases.documents.travel.days import plus_months, years_before
from cases.documents.travel.facts import Paper, Status
from cases.documents.travel.verdicts import issue_day

IN_HAND = {Status.HELD: 0, Status.EXPIRED: 1}


class Likeness:
    """Whatever `verdicts.judge` asks of a paper of this type has to be part of the answer; a test compares the two."""

    def __init__(self, document: str, book: Rulebook) -> None:
        rows = book.entry_rows(document)
        months = {row.months_beyond for row in rows if row.months_beyond is not None}
        self._on = book.on
        self._facts = book.types.get(document)
        self._one_journey = book.role(document) == ONE_JOURNEY
        self._expiries = sorted({book.on} | {plus_months(book.on, number) for number in months})
        years = {row.years_since_issue for row in rows if row.years_since_issue is not None}
        self._too_old = sorted(years_before(book.on, number) for number in years)
        self._pages = sorted({row.blank_pages for row in rows if row.blank_pages is not None})

    def of(self, paper: Paper) -> Hashable:
        expires, issued = paper.expires, paper.issued
        return (
            IN_HAND.get(paper.status, 2),
            -1 if expires is None else bisect_right(self._expiries, expires),
            issued is not None and issued > self._on,
            self._old(paper) if self._too_old else 0,
            self._room(paper.blank_pages) if self._pages else 0,
            paper.destination if self._one_journey else "",
        )

    def _old(self, paper: Paper) -> int:
        issued = issue_day(paper, self._facts)
        return -1 if issued is None else bisect_left(self._too_old, issued)

    def _room(self, pages: int | None) -> int:
        return -1 if pages is None else bisect_right(self._pages, pages)
