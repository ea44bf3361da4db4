"""Where a person can go: every destination with an answer, the paper it rests on, why, and what to do next."""

from collections.abc import Iterable, Sequence

from cases.documents.travel.answers import Answer, Change, Code, Option, Reason, Together
from cases.documents.travel.facts import Paper, Status, Traveller
from cases.documents.travel.papers import Candidate, candidate
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import RemedyRule, Row

# What can show who somebody is, and in which state it still does.
PROVING_ROLES = frozenset({"travel", "identity", "military", "civil"})
PROVING = frozenset({Status.HELD, Status.COPY, Status.ARMY, Status.SEIZED, Status.EXPIRED})


def options(traveller: Traveller, book: Rulebook) -> tuple[Option, ...]:
    """Return an option for every destination of the rules, in the order of their codes."""
    made: dict[str, Option] = {}
    judge = _Judge(traveller, book)
    # What a destination has to do with this traveller alone: the place, and where a paper leads to.
    own = {traveller.place, *(paper.destination for paper in traveller.papers)}
    for group in book.alike(tuple(sorted({paper.type for paper in traveller.papers}))):
        common = [place for place in group if place not in own]
        if common:
            asked = _option(judge, common[0])
            made |= {place: _as_of(asked, place) for place in common}
        made |= {place: _option(judge, place) for place in group if place in own}
    return tuple(made[place] for place in book.destinations)


def _as_of(option: Option, destination: str) -> Option:
    """The same option of a destination that answers alike."""
    if option.destination == destination:
        return option
    return Option(
        destination,
        option.answer,
        option.paper,
        option.reasons,
        option.missing,
        option.remedy,
        option.others,
        option.safety,
        option.cites,
    )


def together(members: Sequence[tuple[str, tuple[Option, ...]]]) -> tuple[Together, ...]:
    """Return for each destination the worst answer among the members, given as (key, options) over the same rules."""
    found = []
    for group in zip(*(options for _key, options in members), strict=True):
        worst = min(one.answer for one in group)
        hangs_on = tuple(
            key for (key, _options), one in zip(members, group, strict=True) if one.answer == worst
        )
        found.append(Together(group[0].destination, worst, hangs_on))
    return tuple(found)


def changes(before: Iterable[Option], after: Iterable[Option]) -> tuple[Change, ...]:
    """Return the destinations that two days answer differently, each with the rows that only one of them cites."""
    pairs = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if (one.answer, one.paper) != (other.answer, other.paper)
    ]
    return tuple(Change(one, other, _only_one_cites(one, other)) for one, other in pairs)


def _only_one_cites(one: Option, other: Option) -> tuple[Row, ...]:
    first, second = set(one.cites), set(other.cites)
    rows = [row for row in (*other.cites, *one.cites) if (row in first) != (row in second)]
    return tuple(dict.fromkeys(row for row in rows if row.begins or row.ends))


class _Judge:
    """What each paper of one traveller is worth; by the same rows and the same visas it is worth the same."""

    def __init__(self, traveller: Traveller, book: Rulebook) -> None:
        self.traveller = traveller
        self.book = book
        self.knows = any(_proves(paper, book) for paper in traveller.papers)
        self._known: dict[tuple[str, int, int], Candidate | None] = {}

    def candidates(self, destination: str) -> list[Candidate]:
        judged = (self._judge(paper, destination) for paper in self.traveller.papers)
        return [one for one in judged if one is not None]

    def _judge(self, paper: Paper, destination: str) -> Candidate | None:
        if paper.destination:
            return candidate(self.traveller, paper, destination, self.book)
        rows, visas = self.book.entries(destination, paper.type), self.book.visas[destination]
        key = (paper.id, id(rows), id(visas))
        if key not in self._known:
            self._known[key] = candidate(self.traveller, paper, destination, self.book)
        return self._known[key]


def _option(judge: _Judge, destination: str) -> Option:
    traveller, book = judge.traveller, judge.book
    found = judge.candidates(destination)
    best = max(found, key=_worth, default=None)
    remedy = next((row for row in book.remedies[destination] if judge.knows or row.when == "nothing"), None)
    others = tuple(one.reasons[0] for one in found if one is not best)
    if remedy is not None and (best is None or best.answer < Answer.REMEDY):
        against = tuple(one.reasons[0] for one in sorted(found, key=_worth, reverse=True))
        reasons = (*against[:1], Reason(Code.REMEDY, remedy))
        made = Candidate(Answer.REMEDY, None, reasons, (remedy.document,))
        return _made(traveller, destination, made, against[1:], book, remedy)
    if best is None:
        return _made(traveller, destination, _without_paper(destination, book), (), book)
    return _made(traveller, destination, best, others, book)


def _worth(one: Candidate) -> tuple[int, int, str, str]:
    """The better answer, then the one with fewer reservations, then the paper that lasts longer."""
    paper = one.paper
    lasts = paper.expires.isoformat() if paper and paper.expires else ""
    return (one.answer, -len(one.reasons), lasts, paper.id if paper else "")


def _proves(paper: Paper, book: Rulebook) -> bool:
    facts = book.types.get(paper.type)
    return facts is not None and facts.role in PROVING_ROLES and paper.status in PROVING


def _without_paper(destination: str, book: Rulebook) -> Candidate:
    would_do = book.accepted[destination]
    missing = tuple(dict.fromkeys(row.document for row in would_do))
    return Candidate(Answer.NO, None, tuple(Reason(Code.NO_PAPER, row) for row in would_do[:1]), missing)


def _made(
    traveller: Traveller,
    destination: str,
    made: Candidate,
    others: tuple[Reason, ...],
    book: Rulebook,
    remedy: RemedyRule | None = None,
) -> Option:
    safety = book.safety[destination]
    reasons = made.reasons
    if destination == traveller.place:
        reasons = (Reason(Code.ALREADY_THERE), *reasons)
    rows = [one.rule for one in (*reasons, *others) if one.rule is not None]
    cites = tuple(dict.fromkeys((*rows, *safety))) or tuple(book.rules.members[:1])
    return Option(destination, made.answer, made.paper, reasons, made.missing, remedy, others, safety, cites)
