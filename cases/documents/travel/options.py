"""Where a person can go with the papers held: one option for every destination that the rules know."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cases.documents.travel.answers import Answer, Code, Option, Reason, Verdict
from cases.documents.travel.rulebook import ANY, Rulebook
from cases.documents.travel.days import ages
from cases.documents.travel.destinations import Destination
from cases.documents.travel.facts import Paper, Traveller
from cases.documents.travel.identity import proof_of_identity
from cases.documents.travel.likeness import Likeness
from cases.documents.travel.rules import Rules, VisaRule
from cases.documents.travel.verdicts import judge
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
        self._destinations = [Destination(name, self.book) for name in self.book.destinations]
        self._likenesses: dict[str, Likeness] = {}
        self._judged: dict[Hashable, Verdicts] = {}

    def options(self, traveller: Traveller) -> tuple[Option, ...]:
        least, greatest = ages(traveller.born, self.book.on)
        every_age = self.book.ages_that_matter(ANY, least, greatest)
        held = self._held(traveller, least, greatest)
        found = []
        for place, destination in enumerate(self._destinations):
            option = held.option(place, destination) or destination.without_paper(every_age)
            if destination.name == traveller.place:
                option = replace(option, reasons=THERE + option.reasons)
            found.append(option)
        return tuple(found)

    def _held(self, traveller: Traveller, least_age: int, greatest_age: int) -> "Held":
        judged = [
            (paper, verdicts)
            for paper in sorted(traveller.papers, key=self._preference)
            if (verdicts := self._verdicts(paper, least_age, greatest_age))
        ]
        visas = visas_of(traveller.papers, self.book)
        return Held(judged, visas, proof_of_identity(traveller.papers, self.book), self.book.destinations)

    def _preference(self, paper: Paper) -> tuple[bool, int, str]:
        """Among papers that serve as well: a passport first, the one that lasts longest."""
        last = date.max if paper.expires is None else paper.expires
        return self.book.role(paper.type) != "travel", -last.toordinal(), paper.id

    def _verdicts(self, paper: Paper, least_age: int, greatest_age: int) -> Verdicts:
        """Empty where the paper is beside the point everywhere."""
        document = paper.type
        likeness = self._likenesses.get(document)
        if likeness is None:
            likeness = self._likenesses[document] = Likeness(document, self.book)
        matter = self.book.ages_that_matter(document, least_age, greatest_age)
        key = (document, likeness.of(paper), matter)
        found = self._judged.get(key)
        if found is None:
            verdicts = [judge(paper, name, matter, self.book) for name in self.book.destinations]
            found = self._judged[key] = verdicts if any(verdicts) else ()
        return found


class Held:
    """What one traveller has, judged for every destination."""

    def __init__(
        self,
        judged: Sequence[tuple[Paper, Verdicts]],
        visas: Visas,
        proof: Paper | None,
        destinations: Sequence[str],
    ) -> None:
        self._judged = judged
        self._visas = visas
        self._proof = proof
        self._destinations = destinations

    def at(self, place: int) -> Iterator[tuple[Paper, Verdict]]:
        name = self._destinations[place]
        visa = self._visas.open.get(name)
        for paper, verdicts in self._judged:
            if (verdict := verdicts[place]) is not None:
                yield paper, with_visa(verdict, visa)
        if visa is None:
            yield from self._visas.short.get(name, ())

    def option(self, place: int, destination: Destination) -> Option | None:
        """None where no paper counts and no remedy is known."""
        visa = self._visas.open.get(destination.name)
        best: Verdict | None = None
        paper: Paper | None = None
        for one, verdicts in self._judged:
            verdict = verdicts[place]
            if verdict is None:
                continue
            if visa is not None:
                verdict = with_visa(verdict, visa)
            if best is None or verdict.answer > best.answer:
                paper, best = one, verdict
        if best is None or best.answer < Answer.REMEDY:
            option = destination.with_remedy(self._proof, self, place)
            if option is not None or best is None:
                return option
        return Option(
            destination.name,
            destination.on,
            best.answer,
            paper,
            best.reasons,
            best.cites,
            destination.safety,
            best.missing,
            visa[0] if visa is not None and best.by_visa else None,
            (),
            self,
            place,
        )


def with_visa(verdict: Verdict, visa: tuple[Paper, VisaRule] | None) -> Verdict:
    return verdict if visa is None else verdict.opened.get(visa[1].key, verdict)
