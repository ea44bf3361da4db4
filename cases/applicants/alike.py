"""Whether two sealed identities may be one person's. Pure: what is compared was opened elsewhere, and goes nowhere."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from cases.applicants.sealed import names_in
from cases.names.prepared import Prepared, prepare
from cases.names.verdict import Verdict, judge

K = TypeVar("K", bound=Hashable)
_MAYBE = (Verdict.SAME_NAME, Verdict.SAME_PERSON)
# Of two names of several words: one word in common is a given name, which hundreds share.
ENOUGH = 2


# No repr: it holds names.
@dataclass(frozen=True, repr=False)
class Known:
    """What is compared of one identity, taken apart once."""

    names: tuple[Prepared, ...]
    born: str

    @property
    def keys(self) -> frozenset[str]:
        words = [word for name in self.names for word in name.words if not word.initial]
        return frozenset().union(*(word.keys | word.loose for word in words)) if words else frozenset()


def known(document: Mapping[str, Any]) -> Known:
    parts = ("family_name", "given_name", "patronymic")
    whole = " ".join(str(document.get(part) or "") for part in parts).split()
    single = {str(document.get(part) or "") for part in parts}
    names = [name for name in names_in(document) if name not in single]
    spellings = dict.fromkeys([*names, " ".join(whole)] if len(whole) > 1 else names)
    return Known(tuple(prepare(name) for name in spellings if name), str(document.get("birth_date") or ""))


def may_be_one(one: Known, other: Known) -> bool:
    """Whether a name of the one is a name of the other, and their birth dates do not say otherwise."""
    return any(
        judge(ours, theirs, born=[one.born], other_born=[other.born]) in _MAYBE
        for ours, theirs in product(one.names, other.names)
    )


def pairs(new: Collection[K], held: Mapping[K, Known]) -> Iterator[tuple[K, K]]:
    """Each pair of `held` that may be one person and of which at least one is new; only what shares words is compared."""
    keys = {who: one.keys for who, one in held.items()}
    index: defaultdict[str, list[K]] = defaultdict(list)
    for who, found in keys.items():
        for key in found:
            index[key].append(who)
    seen: set[K] = set()
    for who in new:
        if who not in held:
            continue
        seen.add(who)
        for other in _near(who, keys, index, held):
            if other not in seen and may_be_one(held[who], held[other]):
                yield who, other


def _near(
    who: K, keys: Mapping[K, frozenset[str]], index: Mapping[str, Iterable[K]], held: Mapping[K, Known]
) -> Iterator[K]:
    common: defaultdict[K, int] = defaultdict(int)
    for key in keys[who]:
        for other in index[key]:
            common[other] += 1
    for other, number in common.items():
        fewest = min(ENOUGH, len(keys[who]), len(keys[other]))
        same_day = held[who].born and held[who].born == held[other].born
        if number >= fewest or same_day:
            yield other
