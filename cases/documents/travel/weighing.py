"""The papers of one traveller laid beside each other, for every destination at once."""

from cases.documents.travel.answers import Answer, Code, Option, Reason
from cases.documents.travel.facts import Paper, Status, Traveller
from cases.documents.travel.judging import NO_CANDIDATE, Judged, judged, rank
from cases.documents.travel.papers import Candidate, is_valid
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import VisaRule

# A passport of any kind shows who somebody is, in these states. Who has none of them has "no document at all" in the
# sense of the remedies, whatever certificates and cards there are.
PROVING_ROLES = frozenset({"travel", "identity"})
PROVING = frozenset({Status.HELD, Status.COPY, Status.ARMY, Status.SEIZED, Status.EXPIRED})


class Weighing:
    def __init__(self, traveller: Traveller, book: Rulebook) -> None:
        self._traveller = traveller
        self._book = book
        self._knows = any(_proves(paper, book) for paper in traveller.papers)
        # Of two that are worth the same the one that lasts longer.
        papers = sorted(
            (one for one in traveller.papers if book.shown_at_borders(one.type)), key=_lasts, reverse=True
        )
        self._judged = [(paper, judged(paper, traveller.born, book)) for paper in papers]
        self._visas = [paper for paper in traveller.papers if _is_visa_in_hand(paper, book)]

    def option(self, place: int, destination: str) -> Option:
        visa = self._visa(destination) if self._visas else None
        best, chosen, used = NO_CANDIDATE, None, None
        for paper, found in self._judged:
            value = found.ranks[place]
            if visa is not None:
                value = _with_visa(found, place)
            if value > best:
                best, chosen, used = value, found.candidates[place], paper
        book = self._book
        answer = Answer.NO if chosen is None else chosen.answer
        missing = book.would_do[destination] if chosen is None else chosen.missing
        if visa is not None and chosen is not None and chosen.by_visa:
            answer, missing = Answer.YES, ()
        if answer < Answer.REMEDY:
            remedy = book.remedy(destination, self._knows)
            if remedy is not None:
                return Option(
                    destination,
                    Answer.REMEDY,
                    None,
                    (remedy.document,),
                    remedy,
                    book.safety[destination],
                    self,
                    place,
                )
        return Option(destination, answer, used, missing, None, book.safety[destination], self, place)

    def reasons(self, option: Option) -> tuple[Reason, ...]:
        there = (Reason(Code.ALREADY_THERE),) if option.destination == self._traveller.place else ()
        by_worth = self._by_worth(option)
        if option.remedy is not None:
            against = [reasons[0] for _paper, reasons in by_worth[:1]]
            return (*there, *against, Reason(Code.REMEDY, option.remedy))
        if not by_worth:
            would_do = self._book.accepted[option.destination]
            cited = would_do[0] if would_do else self._book.known_by(option.destination)
            return (*there, Reason(Code.NO_PAPER, cited))
        return there + by_worth[0][1]

    def others(self, option: Option) -> tuple[Reason, ...]:
        return tuple(reasons[0] for _paper, reasons in self._by_worth(option)[1:])

    def _by_worth(self, option: Option) -> list[tuple[Paper, tuple[Reason, ...]]]:
        """The papers that count here with what is said of each, the best first."""
        visa = self._visa(option.destination)
        found = [
            (_with_visa(one, option.place) if visa else one.ranks[option.place], paper, candidate)
            for paper, one in self._judged
            if (candidate := one.candidates[option.place]) is not None
        ]
        found.sort(key=lambda one: one[0], reverse=True)
        return [(paper, _said(candidate, paper, visa)) for _rank, paper, candidate in found]

    def _visa(self, destination: str) -> tuple[Paper, VisaRule] | None:
        opens = self._book.visas[destination]
        return next(((visa, opens[visa.type]) for visa in self._visas if visa.type in opens), None)


def _with_visa(found: Judged, place: int) -> int:
    one = found.candidates[place]
    return rank(one, Answer.YES) if one is not None and one.by_visa else found.ranks[place]


def _said(one: Candidate, paper: Paper, visa: tuple[Paper, VisaRule] | None) -> tuple[Reason, ...]:
    """The reasons of a candidate with the paper itself in place of the one that was judged alike."""
    reasons = tuple(Reason(reason.code, reason.rule, paper, reason.values) for reason in one.reasons)
    if visa is None or not one.by_visa:
        return reasons
    held, rule = visa
    kept = (reason for reason in reasons if reason.code not in (Code.VISA_NEEDED, Code.VISA_UNKNOWN))
    return (*kept, Reason(Code.VISA_HELD, rule, held))


def _lasts(paper: Paper) -> tuple[str, str]:
    return paper.expires.isoformat() if paper.expires else "", paper.id


def _is_visa_in_hand(paper: Paper, book: Rulebook) -> bool:
    # A visa without an end is a visa nobody has looked at.
    return paper.type in book.visa_types and paper.expires is not None and is_valid(paper, book.on)


def _proves(paper: Paper, book: Rulebook) -> bool:
    facts = book.types.get(paper.type)
    return facts is not None and facts.role in PROVING_ROLES and paper.status in PROVING
