"""Where a person can go with the papers held: one option for every destination that the rules know."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from cases.documents.travel.answers import Against, Answer, Code, Option, Reason
from cases.documents.travel.book import Rulebook
from cases.documents.travel.days import ages
from cases.documents.travel.destinations import Destination
from cases.documents.travel.facts import Paper, Traveller
from cases.documents.travel.identity import proof_of_identity
from cases.documents.travel.likeness import Likeness
from cases.documents.travel.rules import Rules, VisaRule
from cases.documents.travel.verdicts import Verdict, judge
from cases.documents.travel.visas import Visas, visas_of

# What a paper means for each destination, in the order of the rulebook.
Verdicts = Sequence[Verdict | None]
THERE = (Reason(Code.ALREADY_THERE),)


def options(traveller: Traveller, rules: Rules, on: date) -> tuple[Option, ...]:
    """Return an option for every destination, sorted by its code. For many people make one `Guide` and ask it."""
    return Guide(rules, on).options(traveller)


class Guide:
    """Answers any number of people by the rules of one day."""

    def __init__(self, rules: Rules, on: date) -> None:
        self.book = Rulebook(rules, on)
        self._likeness = Likeness(self.book)
        self._destinations = [Destination(name, self.book) for name in self.book.destinations]
        self._judged: dict[Hashable, Verdicts] = {}

    def options(self, traveller: Traveller) -> tuple[Option, ...]:
        age_places = self.book.age_places(ages(traveller.born, self.book.on))
        judged = [
            (paper, verdicts)
            for paper in sorted(traveller.papers, key=self._preference)
            if (verdicts := self._verdicts(paper, age_places))
        ]
        visas = visas_of(traveller.papers, self.book)
        proof = proof_of_identity(traveller.papers, self.book)
        found = []
        for place, destination in enumerate(self._destinations):
            here = _at(place, judged, visas.open.get(destination.name))
            option = _option(destination, here, visas, proof) or destination.without_paper(age_places)
            if destination.name == traveller.place:
                option.reasons = THERE + option.reasons
            found.append(option)
        return tuple(found)

    def _preference(self, paper: Paper) -> tuple[bool, int, str]:
        """Among papers that serve as well: a passport first, the one that lasts longest."""
        facts = self.book.types.get(paper.type)
        last = date.max if paper.expires is None else paper.expires
        return facts is None or facts.role != "travel", -last.toordinal(), paper.id

    def _verdicts(self, paper: Paper, age_places: range) -> Verdicts:
        """Empty where the paper is beside the point everywhere."""
        key = (self._likeness.of(paper), age_places)
        found = self._judged.get(key)
        if found is None:
            verdicts = [judge(paper, name, age_places, self.book) for name in self.book.destinations]
            found = self._judged[key] = verdicts if any(verdicts) else ()
        return found


def _at(
    place: int, judged: list[tuple[Paper, Verdicts]], visa: tuple[Paper, VisaRule] | None
) -> list[tuple[Paper, Verdict]]:
    found = []
    for paper, verdicts in judged:
        verdict = verdicts[place]
        if verdict is not None:
            if visa is not None and verdict.opened:
                verdict = verdict.opened[visa[1].key]
            found.append((paper, verdict))
    return found


def _option(
    destination: Destination, here: list[tuple[Paper, Verdict]], visas: Visas, proof: Paper | None
) -> Option | None:
    best: Verdict | None = None
    paper = None
    for one, verdict in here:
        if best is None or verdict.answer > best.answer:
            paper, best = one, verdict
    if best is None or best.answer < Answer.REMEDY:
        option = destination.with_remedy(proof, _others(here, Answer.REMEDY))
        if option is not None or best is None:
            return option
    others = _others([other for other in here if other[0] is not paper], best.answer)
    if best.answer is Answer.VISA:
        others += visas.short.get(destination.name, ())
    return Option(
        destination=destination.name,
        on=destination.on,
        answer=best.answer,
        paper=paper,
        reasons=best.reasons,
        cites=best.cites,
        missing=best.missing,
        visa=visas.open[destination.name][0] if best.by_visa else None,
        others=others,
        safety=destination.safety,
    )


def _others(here: Iterable[tuple[Paper, Verdict]], answer: Answer) -> tuple[Against, ...]:
    """The papers that fell short of the answer, and all that lead nowhere."""
    return tuple(
        Against(paper, verdict.reasons)
        for paper, verdict in here
        if verdict.answer < answer or verdict.answer < Answer.REMEDY
    )
