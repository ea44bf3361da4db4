"""Are two names on paper one name? Neither was typed as a query, so both sides are weighed in full.

Words that one side merely has more (a patronymic, a second given name) are no contradiction; words left over on both sides are.
Up to two typing errors in the whole name are forgiven. The numbers were fixed on labelled pairs: docs/names.md.
"""

from collections.abc import Sequence

from cases.names.compare import Comparison
from cases.names.edits import edits
from cases.names.prepared import Prepared, Word, prepare
from cases.names.reasons import Reason
from cases.names.scripts import is_word_sign
from cases.names.word_match import NO_MATCH, WordMatch, known_match

# From here on it is one name, and a person looks at it. It is never by itself one person: see verdict.py.
ALIKE = 0.7
MOST_ERRORS = 2
PER_ERROR = 0.13
# Of the letters: in Li Na two errors leave nothing.
MOST_WRONG = 0.3
CONTRADICTION = 0.6
MORE_WORDS = 0.97
# How much of what a spelling costs in a search it costs here: the spelling hardly matters, the word does.
SPELLING = 0.5
# Words that tell nobody apart: articles, "son of", titles.
SMALL_WORDS = """
al el ul ur abu bin ben ibn bint de di da la le van von der den dr mr mrs jr sr the
president prasident general sheikh shaikh haji mullah sayyid mladshii starshii
"""
SMALL = frozenset(SMALL_WORDS.split())

# Typing errors, how the words match, place of the word here and there.
Pair = tuple[float, WordMatch, int, int]


def alike(first: str | Prepared, second: str | Prepared) -> Comparison:
    """How well two names agree, from 0 to 1, and why; the same in both directions."""
    ours, theirs = content(first), content(second)
    pairs = pair_words(ours, theirs)
    rest = [word for place, word in enumerate(ours) if place not in {pair[2] for pair in pairs}]
    others = [word for place, word in enumerate(theirs) if place not in {pair[3] for pair in pairs}]
    reasons = {pair[1].reason for pair in pairs}
    joined = rejoin(rest, others)
    if joined:
        reasons.add(Reason.OTHER_SPELLING)
        rest, others = joined
    if reasons <= {Reason.INITIAL}:
        return Comparison(0.0)
    errors = sum(pair[0] for pair in pairs)
    contradicted = (
        bool(rest and others)
        or errors > MOST_WRONG * sum(ours[pair[2]].letters for pair in pairs)
        or not (joined or is_enough(ours, theirs, pairs))
    )
    factor = CONTRADICTION if contradicted else MORE_WORDS if rest or others else 1.0
    spelling = sum(1 - pair[1].score for pair in pairs if not pair[0]) / max(1, len(pairs))
    score = factor * max(0.0, 1 - PER_ERROR * errors - SPELLING * spelling)
    return Comparison(round(score, 4), tuple(sorted(reasons | why_not(rest, others))))


def is_enough(ours: Sequence[Word], theirs: Sequence[Word], pairs: Sequence[Pair]) -> bool:
    """One word in common does not make a name of several, nor does a given name with a patronymic."""
    firm = [pair for pair in pairs if pair[1].reason is not Reason.INITIAL]
    if len(pairs) + len(firm) < min(3, 2 * max(len(ours), len(theirs))):
        return False
    return any(is_family(ours[pair[2]]) and is_family(theirs[pair[3]]) for pair in firm) or not any(
        map(is_family, [*ours, *theirs])
    )


def is_family(word: Word) -> bool:
    return not (word.given or word.patronymic or word.initial)


def content(name: str | Prepared) -> Sequence[Word]:
    words = (name if isinstance(name, Prepared) else prepare(name)).words
    return [word for word in words if word.roman not in SMALL] or words


def pair_words(ours: Sequence[Word], theirs: Sequence[Word]) -> list[Pair]:
    """Each word with one word of the other name, the surest pairs first."""
    found = []
    for here, word in enumerate(ours):
        for there, other in enumerate(theirs):
            match = known_match(word, other)
            if match is None:
                errors = count_errors(word, other)
                if errors <= MOST_ERRORS:
                    found.append((errors, WordMatch(0.0, Reason.TYPING_ERROR), here, there))
            elif match.score:
                found.append((0.0, match, here, there))
    found.sort(key=lambda pair: (pair[0], -pair[1].score, abs(pair[2] - pair[3]), pair[2] + pair[3]))
    pairs = []
    here_used: set[int] = set()
    there_used: set[int] = set()
    for pair in found:
        if pair[2] not in here_used and pair[3] not in there_used:
            pairs.append(pair)
            here_used.add(pair[2])
            there_used.add(pair[3])
    return pairs


def count_errors(word: Word, other: Word) -> float:
    """Typing errors between two words, as the mean of letters and sounds; too many where it must be another word."""
    limit = 1 if min(word.letters, other.letters) < 4 or word.patronymic else MOST_ERRORS
    beyond = MOST_ERRORS + 1.0
    if is_other_word(word, other) or abs(len(word.roman) - len(other.roman)) > limit + 1:
        return beyond
    letters = fewest(word.spellings[:1], other.spellings[:1], limit + 1)
    if letters > limit + 1:
        return beyond
    sounds = fewest(word.spellings[1:] or word.spellings, other.spellings[1:] or other.spellings, limit + 1)
    errors = (letters + sounds) / 2
    return errors if errors <= limit and errors < min(word.letters, other.letters) else beyond


def is_other_word(word: Word, other: Word) -> bool:
    """Олег and Олеся are two letters apart and two names; so are two fathers, and any two signs for whole words."""
    return (
        (word.given and other.given)
        or (word.father != other.father and bool(word.father and other.father))
        or word.patronymic != other.patronymic
        or is_word_sign(word.roman[0])
    )


def fewest(spellings: Sequence[tuple[str, int]], others: Sequence[tuple[str, int]], limit: int) -> int:
    return min(
        (
            edits(text, other, limit).whole
            for text, bits in spellings
            for other, other_bits in others
            if (bits & ~other_bits).bit_count() <= limit and (other_bits & ~bits).bit_count() <= limit
        ),
        default=limit + 1,
    )


def rejoin(rest: Sequence[Word], others: Sequence[Word]) -> tuple[list[Word], list[Word]] | None:
    """What is left over when words were only cut in another way, at most a patronymic; None when they were not."""
    if is_joined(rest, others):
        return [], []
    ours, theirs = ([word for word in words if not word.patronymic] for words in (rest, others))
    if is_joined(ours, theirs):
        return [word for word in rest if word.patronymic], [word for word in others if word.patronymic]
    return None


def is_joined(rest: Sequence[Word], others: Sequence[Word]) -> bool:
    """The same letters, cut into words in another way: GlebLesnikov, Gleb Les Nikov."""
    few, many = sorted(([word.roman for word in words] for words in (rest, others)), key=len)
    if not few or len(few) == len(many):
        return False
    one = "".join(few)
    return any(
        abs(len(one) - len(other)) < 2 and edits(one, other, 1).whole < 2
        for other in ("".join(many), "".join(many[::-1]))
    )


def why_not(rest: Sequence[Word], others: Sequence[Word]) -> set[Reason]:
    """What speaks against it: words left over, told apart by whether a patronymic is merely missing."""
    reasons = {NO_MATCH.reason for word in (*rest, *others) if not word.patronymic}
    sides = [any(word.patronymic for word in words) for words in (rest, others)]
    if any(sides):
        reasons.add(Reason.PATRONYMIC_DIFFERS if all(sides) else Reason.PATRONYMIC_MISSING)
    return reasons
