"""Compare one word of a query with one word of a name."""

from typing import NamedTuple

from cases.names.edits import edits
from cases.names.prepared import SHORTEST_QUERY, Word
from cases.names.reasons import Reason
from cases.names.scripts import is_word_sign


class WordMatch(NamedTuple):
    score: float
    reason: Reason


NO_MATCH = WordMatch(0.0, Reason.WORD_MISSING)
# A query for Ivan means a man called Ivan or Ivanov, seldom the father of one.
NOT_THE_PATRONYMIC = 0.4


def match_words(asked: Word, filed: Word) -> WordMatch:
    """The best reason to take the two words for one, with its score."""
    known = known_match(asked, filed)
    if known is not None:
        return known
    match = beginning(asked, filed) or typing_error(asked, filed) or NO_MATCH
    if filed.patronymic and not asked.patronymic:
        return match._replace(score=match.score * NOT_THE_PATRONYMIC)
    return match


def known_match(asked: Word, filed: Word) -> WordMatch | None:
    """What is known of both words without looking for errors; None leaves it open."""
    if asked.roman == filed.roman:
        return WordMatch(1.0, Reason.SAME)
    if not asked.keys.isdisjoint(filed.keys):
        return WordMatch(0.98, Reason.OTHER_SPELLING)
    if not asked.stems.isdisjoint(filed.stems):
        return WordMatch(0.95, Reason.OTHER_ENDING)
    if (asked.loose or filed.loose or asked.told or filed.told) and is_read_alike(asked, filed):
        return WordMatch(0.93, Reason.OTHER_SPELLING)
    if (asked.short_for or filed.short_for) and is_short_form(asked, filed):
        return WordMatch(0.9, Reason.SHORT_FORM)
    if asked.initial or filed.initial:
        return NO_MATCH if asked.heads.isdisjoint(filed.heads) else WordMatch(0.7, Reason.INITIAL)
    return None


def is_read_alike(asked: Word, filed: Word) -> bool:
    """A less likely reading meets, or a fold where one of the two names was written by a neighbour."""
    if abs(len(asked.roman) - len(filed.roman)) > 4:
        return False
    return (
        not (asked.loose.isdisjoint(filed.keys) and filed.loose.isdisjoint(asked.keys))
        or bool(asked.told and not asked.told.isdisjoint(filed.folds))
        or bool(filed.told and not filed.told.isdisjoint(asked.folds))
    )


def is_short_form(asked: Word, filed: Word) -> bool:
    return not (
        asked.short_for.isdisjoint(filed.keys)
        and asked.keys.isdisjoint(filed.short_for)
        and asked.short_for.isdisjoint(filed.short_for)
    )


def beginning(asked: Word, filed: Word) -> WordMatch | None:
    """ "Ivan" begins Ivanov; letters are tried beside sounds because a beginning may end inside a digraph."""
    if asked.letters < SHORTEST_QUERY or asked.heads.isdisjoint(filed.heads):
        return None
    spelled = filed.roman.startswith(asked.roman)
    if spelled or any(theirs.startswith(mine) for mine in asked.sounds for theirs in filed.sounds):
        return WordMatch(0.8 + 0.15 * min(1, asked.letters / filed.letters), Reason.BEGINNING)
    return None


def typing_error(asked: Word, filed: Word) -> WordMatch | None:
    score = 0.0
    for typed, typed_bits in asked.spellings:
        limit = allowed_errors(typed)
        for other, other_bits in filed.spellings:
            if limit and (typed_bits & ~other_bits).bit_count() <= limit:
                score = max(score, similarity(typed, other, limit))
    return WordMatch(score, Reason.TYPING_ERROR) if score else None


def allowed_errors(typed: str) -> int:
    """A wrong letter in three never reaches the threshold by itself, but may stand beside a sure surname."""
    return 0 if len(typed) < 3 or is_word_sign(typed[0]) else 1 if len(typed) < 8 else 2


def similarity(typed: str, other: str, limit: int) -> float:
    """1 less the share of wrong letters; a beginning may hold one error."""
    found = edits(typed, other, limit)
    if found.whole <= limit:
        return 1 - found.whole / len(typed)
    if found.beginning <= 1 and len(typed) > 5:
        return (1 - 1 / len(typed)) * (0.8 + 0.15 * len(typed) / len(other))
    return 0.0
