"""Compare what somebody typed with a name on file: either alphabet, any order, typing errors, beginnings of words.

Nothing is remembered between calls: a cache would keep opened names in memory. Prepare the query once, and names that are
compared with several queries once each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.names.prepared import Prepared, QueryTooShort, prepare, prepare_query
from cases.names.reasons import Reason
from cases.names.word_match import NO_MATCH, WordMatch, match_words

__all__ = [
    "Comparison",
    "Prepared",
    "QueryTooShort",
    "Reason",
    "compare",
    "matches",
    "prepare",
    "prepare_query",
]

# Below this a result shares too little with the query to be worth showing.
THRESHOLD = 0.7
WITHOUT_PATRONYMIC = 0.95
OTHER_PATRONYMIC = 0.6
WORD_MISSING = 0.6


@dataclass(frozen=True, slots=True)
class Comparison:
    score: float
    reasons: tuple[str, ...] = ()


def compare(query: str | Prepared, name: str | Prepared) -> Comparison:
    """How well the name answers the query, from 0 to 1, and why; only the words of the query must be found."""
    asked = prepare_query(query)
    filed = name if isinstance(name, Prepared) else prepare(name)
    pairs = pair_up(asked, filed)
    # Initials alone tell nothing.
    if all(found.reason is Reason.INITIAL for found in pairs.values()):
        return Comparison(0.0)
    weight = total = 0.0
    factor = 1.0
    reasons = set()
    for number, word in enumerate(asked.words):
        found = pairs.get(number, NO_MATCH)
        if not found.score and word.patronymic:
            factor *= OTHER_PATRONYMIC if filed.patronymic else WITHOUT_PATRONYMIC
            reasons.add(Reason.PATRONYMIC_DIFFERS if filed.patronymic else Reason.PATRONYMIC_MISSING)
            continue
        if not found.score:
            factor *= WORD_MISSING
        weight += word.weight
        total += word.weight * found.score
        reasons.add(found.reason)
    score = factor * total / weight if weight else 0.0
    return Comparison(round(score, 4), tuple(sorted(reasons)))


def matches(query: str | Prepared, names: Iterable[str | Prepared], *, threshold: float = THRESHOLD) -> float:
    """The best score among the spellings of one person's name; 0 when none reaches the threshold."""
    asked = prepare_query(query)
    best = max((compare(asked, name).score for name in names), default=0.0)
    return best if best >= threshold else 0.0


def pair_up(asked: Prepared, filed: Prepared) -> dict[int, WordMatch]:
    """Give each word of the query one word of the name, the surest pairs first."""
    found = [
        (match.score, -number, -place, match)
        for number, word in enumerate(asked.words)
        for place, other in enumerate(filed.words)
        if (match := match_words(word, other)).score
    ]
    pairs: dict[int, WordMatch] = {}
    used = set()
    for _, number, place, match in sorted(found, key=lambda row: row[:3], reverse=True):
        if -number not in pairs and place not in used:
            pairs[-number] = match
            used.add(place)
    return pairs
