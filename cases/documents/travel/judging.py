"""What one paper is worth at every border: worked out once for all papers that the rules of the day judge alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.documents.travel.answers import Answer
from cases.documents.travel.facts import Born, Paper
from cases.documents.travel.likeness import Likeness
from cases.documents.travel.papers import Candidate, candidate
from cases.documents.travel.rulebook import Rulebook

NO_CANDIDATE = -1
# More than any answer has reasons, so that of two equal answers the one with fewer reservations stands first.
_STEP = 100


@dataclass(frozen=True)
class Judged:
    """By the place of a destination in the rulebook. The paper in the reasons is the first one that was judged."""

    candidates: Sequence[Candidate | None]
    ranks: Sequence[int]


def judged(paper: Paper, born: Born | None, book: Rulebook) -> Judged:
    likeness = book.likenesses.get(paper.type)
    if likeness is None:
        likeness = book.likenesses[paper.type] = Likeness(paper.type, book)
    key = likeness.of(paper, born)
    found = book.judged.get(key)
    if found is None:
        candidates = [candidate(paper, born, name, book) for name in book.destinations]
        ranks = [NO_CANDIDATE if one is None else rank(one) for one in candidates]
        found = book.judged[key] = Judged(candidates, ranks)
    return found


def rank(one: Candidate, answer: Answer | None = None) -> int:
    return _STEP * ((one.answer if answer is None else answer) + 1) - len(one.reasons)
