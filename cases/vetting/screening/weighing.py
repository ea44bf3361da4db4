"""How well an entry of a list agrees with whom we look for, part by part. A name alone never confirms anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from cases.names.alike import alike, content, pair_words
from cases.names.compare import Comparison
from cases.names.prepared import Prepared, prepare
from cases.names.reasons import Reason
from cases.names.verdict import WHOLE_DATE, Births, compare_births
from cases.vetting.screening.entries import Entry
from cases.vetting.screening.sought import Name, Role, Sought, place_words

# Of one entry; the lists know some people under a hundred spellings.
MOST_NAMES = 60
# A name that agrees so well is shown although the birth date has a typing error.
NEARLY_SURE = 0.95


class Outcome(StrEnum):
    """What is said of one part. The first six come from comparing words."""

    SAME = "same"
    OTHER_SPELLING = "other spelling"
    OTHER_ENDING = "other ending"
    SHORT_FORM = "short form"
    TYPING_ERROR = "typing error"
    INITIAL = "initial"
    YEAR = "year"
    NEAR = "near"
    DIFFERS = "differs"
    NOT_ON_LIST = "not on the list"
    UNKNOWN = "unknown"


# How much of the weight of its part an outcome earns; what nobody knows speaks neither for nor against.
EARNED = {
    Outcome.SAME: 1.0,
    Outcome.OTHER_SPELLING: 1.0,
    Outcome.OTHER_ENDING: 0.9,
    Outcome.SHORT_FORM: 0.8,
    Outcome.TYPING_ERROR: 0.7,
    Outcome.INITIAL: 0.6,
    Outcome.YEAR: 0.6,
    Outcome.NEAR: 0.5,
    Outcome.NOT_ON_LIST: 0.4,
    Outcome.UNKNOWN: 0.4,
    Outcome.DIFFERS: 0.0,
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """`score` from 0 to 100; `sure` where the whole birth date fits as well, and even then a person decides."""

    score: int
    parts: Mapping[str, str]
    sure: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Best:
    comparison: Comparison
    ours: Name
    theirs: Prepared


def compare_born(ours: str, theirs: Sequence[str]) -> Outcome:
    """What the birth dates say; a day and a month exchanged, or one wrong digit, are near."""
    if not ours:
        return Outcome.UNKNOWN
    births = compare_births([ours], theirs)
    if births is Births.UNKNOWN:
        return Outcome.NOT_ON_LIST
    if births is Births.FIT:
        return Outcome.SAME
    if births is Births.COMPATIBLE:
        return Outcome.YEAR
    return Outcome.NEAR if any(_is_slip(ours, other) for other in theirs) else Outcome.DIFFERS


def weigh(sought: Sought, entry: Entry) -> Weighed | None:
    """None where it is somebody else: another name, or another birth date."""
    born = compare_born(sought.born, entry.born)
    spellings = [prepare(name) for name in entry.names[:MOST_NAMES]]
    best = _best(sought, spellings)
    if best is None or best.comparison.score < _least(born):
        return None
    father = _father(sought, spellings)
    if father is Outcome.DIFFERS and born is not Outcome.SAME:
        return None
    parts = {
        str(Role.SURNAME): _part(Role.SURNAME, best),
        str(Role.GIVEN): _part(Role.GIVEN, best),
        str(Role.PATRONYMIC): father,
        "birth": born,
        "place": _place(sought.places, entry.places),
    }
    return Weighed(_score(best.comparison.score, parts), parts, sure=born is Outcome.SAME)


def _least(born: Outcome) -> float:
    """How well the names must agree."""
    if born is Outcome.DIFFERS:
        return 2.0
    if born is Outcome.NEAR:
        return NEARLY_SURE
    return float(settings.SCREENING["name_with_birth" if born is Outcome.SAME else "name"])


def _best(sought: Sought, spellings: Sequence[Prepared]) -> _Best | None:
    """The two spellings that agree best; of equals those that have more words in common."""
    found: list[tuple[float, int, _Best]] = []
    for theirs in spellings:
        for ours in sought.names:
            comparison = alike(ours.prepared, theirs)
            if comparison.score:
                common = min(len(ours.prepared.words), len(theirs.words))
                found.append((comparison.score, common, _Best(comparison, ours, theirs)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _part(role: Role, best: _Best) -> Outcome:
    ours, theirs = content(best.ours.prepared), content(best.theirs)
    mine = best.ours.words_of(role)
    if not mine:
        return Outcome.UNKNOWN
    pairs = pair_words(ours, theirs)
    met = [match for _errors, match, here, _there in pairs if any(ours[here] is word for word in mine)]
    if met:
        return Outcome(min(met, key=lambda match: match.score).reason.value)
    used = {there for *_, there in pairs}
    left = [word for place, word in enumerate(theirs) if place not in used and not word.patronymic]
    if left and Reason.OTHER_SPELLING in best.comparison.reasons:
        # The same letters, cut into words in another way.
        return Outcome.OTHER_SPELLING
    return Outcome.DIFFERS if left else Outcome.NOT_ON_LIST


def _father(sought: Sought, spellings: Sequence[Prepared]) -> Outcome:
    """What all spellings together say of the patronymic, also where the best two of them leave it out."""
    ours = [word for name in sought.names for word in name.words_of(Role.PATRONYMIC)]
    theirs = [word for name in spellings for word in name.words if word.patronymic]
    if not ours:
        return Outcome.UNKNOWN
    if not theirs:
        return Outcome.NOT_ON_LIST
    met = [match for _errors, match, _here, _there in pair_words(ours, theirs)]
    return Outcome(max(met, key=lambda match: match.score).reason.value) if met else Outcome.DIFFERS


def _place(ours: frozenset[str], theirs: Iterable[str]) -> Outcome:
    if not ours:
        return Outcome.UNKNOWN
    known = place_words(theirs)
    if not known:
        return Outcome.NOT_ON_LIST
    return Outcome.DIFFERS if ours.isdisjoint(known) else Outcome.SAME


def _score(name: float, parts: Mapping[str, Outcome]) -> int:
    weights: Mapping[str, int] = settings.SCREENING["weights"]
    earned = {part: EARNED[outcome] for part, outcome in parts.items()} | {"name": name}
    return round(100 * sum(weights[part] * earned[part] for part in weights) / sum(weights.values()))


def _is_slip(one: str, other: str) -> bool:
    if len(one) != WHOLE_DATE or len(other) != WHOLE_DATE:
        return False
    (year, month, day), (its_year, its_month, its_day) = one.split("-"), other.split("-")
    swapped = (year, month, day) == (its_year, its_day, its_month)
    return swapped or sum(a != b for a, b in zip(one, other, strict=True)) == 1
