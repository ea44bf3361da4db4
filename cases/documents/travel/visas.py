"""Which destinations the visas of a traveller open on the day, and what is against the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cases.documents.travel.answers import Answer, Code, Reason, Verdict
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import VisaRule
from cases.documents.travel.verdicts import has_expired, paper_problems


@dataclass
class Visas:
    """By destination: the visa that opens it with the row that says so, and those that fall short."""

    open: dict[str, tuple[Paper, VisaRule]] = field(default_factory=dict)
    short: dict[str, list[tuple[Paper, Verdict]]] = field(default_factory=dict)


def visas_of(papers: Iterable[Paper], book: Rulebook) -> Visas:
    found = Visas()
    for paper in papers:
        for row in book.rows_of_visa(paper.type):
            against = tuple(_problems(paper, row, book))
            for destination in book.covered(row.destination):
                if against:
                    verdict = Verdict(Answer.NO, against, (row,))
                    found.short.setdefault(destination, []).append((paper, verdict))
                else:
                    found.open.setdefault(destination, (paper, row))
    return found


def _problems(visa: Paper, row: VisaRule, book: Rulebook) -> Iterator[Reason]:
    yield from paper_problems(visa, row, visa.destination, book)
    if visa.expires is None and not has_expired(visa, book):
        yield Reason(Code.EXPIRY_UNKNOWN, row)
    # One that a country of an area gave for itself opens the others as well; one for elsewhere opens nothing here.
    if visa.destination and not book.covers(row.destination, visa.destination):
        yield Reason(Code.OTHER_JOURNEY, row)
