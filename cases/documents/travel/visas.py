"""Which destinations the visas of a traveller open on the day, and what is against the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cases.documents.travel.answers import Against, Code, Reason
from cases.documents.travel.book import Rulebook, is_place
from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import VisaRule
from cases.documents.travel.verdicts import paper_problems


@dataclass
class Visas:
    """By destination: the visa that opens it with the row that says so, and those that fall short."""

    open: dict[str, tuple[Paper, VisaRule]] = field(default_factory=dict)
    short: dict[str, tuple[Against, ...]] = field(default_factory=dict)


def visas_of(papers: Iterable[Paper], book: Rulebook) -> Visas:
    found = Visas()
    for paper in papers:
        for row in book.visas_of_type(paper.type):
            against = tuple(_problems(paper, row, book))
            for destination in book.covered(row.destination):
                if against:
                    found.short[destination] = (*found.short.get(destination, ()), Against(paper, against))
                else:
                    found.open.setdefault(destination, (paper, row))
    return found


def _problems(visa: Paper, row: VisaRule, book: Rulebook) -> Iterator[Reason]:
    yield from paper_problems(visa, row, book)
    if visa.expires is None:
        yield Reason(Code.EXPIRY_UNKNOWN, row)
    # One that a country of an area gave for itself opens the others as well; one for elsewhere opens nothing here.
    if visa.destination and visa.destination != row.destination:
        if is_place(row.destination) or not book.covers(row.destination, visa.destination):
            yield Reason(Code.OTHER_JOURNEY, row)
