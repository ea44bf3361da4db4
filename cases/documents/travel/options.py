"""Where a person can go: every destination with an answer, the paper it rests on, why, and what to do next."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from cases.documents.travel.answers import Answer, Change, Code, Option, Reason, Together
from cases.documents.travel.facts import Paper, Status, Traveller
from cases.documents.travel.papers import Candidate, candidate
from cases.documents.travel.rulebook import Alike, Rulebook
from cases.documents.travel.rules import RemedyRule, Row

_by_destination = attrgetter("destination")
# What can show who somebody is, and in which state it still does.
PROVING_ROLES = frozenset({"travel", "identity", "military", "civil"})
PROVING = frozenset({Status.HELD, Status.COPY, Status.ARMY, Status.SEIZED, Status.EXPIRED})


def options(traveller: Traveller, book: Rulebook) -> tuple[Option, ...]:
    """Return an option for every destination of the rules, in the order of their codes."""
    judge = _Judge(traveller, book)
    # What a destination has to do with this traveller alone: the place, and where a paper leads to.
    own = {traveller.place, *(paper.destination for paper in traveller.papers)}
    found: list[Option] = []
    for group in book.alike(tuple(sorted({paper.type for paper in judge.papers}))):
        asked: Option | None = None
        for place in group.places:
            if place in own:
                found.append(_option(judge, place, group))
            elif asked is None:
                found.append(asked := _option(judge, place, group))
            else:
                found.append(_as_of(asked, place))
    return tuple(sorted(found, key=_by_destination))


def option_for(traveller: Traveller, destination: str, book: Rulebook) -> Option | None:
    """Return the option for one destination alone; None where the rules know no such place."""
    judge = _Judge(traveller, book)
    groups = book.alike(tuple(sorted({paper.type for paper in judge.papers})))
    group = next((group for group in groups if destination in group.places), None)
    return _option(judge, destination, group) if group is not None else None


def _as_of(option: Option, destination: str) -> Option:
    """The same option of a destination that answers alike."""
    return Option(destination, *option[1:])


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
    first, second = {row.key for row in one.cites}, {row.key for row in other.cites}
    rows = [row for row in (*other.cites, *one.cites) if (row.key in first) != (row.key in second)]
    return tuple(row for row in rows if row.begins or row.ends)


class _Judge:
    """What each paper of one traveller is worth; by the same rows and the same visas it is worth the same."""

    def __init__(self, traveller: Traveller, book: Rulebook) -> None:
        self.traveller = traveller
        self.book = book
        self.papers = [paper for paper in traveller.papers if book.shown_at_borders(paper.type)]
        self.knows = any(_proves(paper, book) for paper in traveller.papers)
        self._known: dict[tuple[int, tuple[int, int]], Candidate | None] = {}

    def candidates(self, destination: str, group: Alike) -> list[Candidate]:
        found = []
        for place, paper in enumerate(self.papers):
            key = (place, group.marks[paper.type])
            if paper.destination or key not in self._known:
                self._known[key] = candidate(self.traveller, paper, destination, self.book)
            judged = self._known[key]
            if judged is not None:
                found.append(judged)
        return found


def _option(judge: _Judge, destination: str, group: Alike) -> Option:
    traveller, book = judge.traveller, judge.book
    found = judge.candidates(destination, group)
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
    row: Row = would_do[0] if would_do else book.known_by(destination)
    return Candidate(Answer.NO, None, (Reason(Code.NO_PAPER, row),), missing)


def _made(
    traveller: Traveller,
    destination: str,
    made: Candidate,
    others: tuple[Reason, ...],
    book: Rulebook,
    remedy: RemedyRule | None = None,
) -> Option:
    reasons = made.reasons
    if destination == traveller.place:
        reasons = (Reason(Code.ALREADY_THERE), *reasons)
    return Option(
        destination, made.answer, made.paper, reasons, made.missing, remedy, others, book.safety[destination]
    )
