"""The sealed result of a screening: who on the lists may be the person, and what people decided about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from cases.staff.models import random_id
from cases.vetting.screening.entries import Entry
from cases.vetting.screening.matching import Candidate

KIND = "screening"
OBSTACLE, RISK, LEAD = "obstacle", "risk", "lead"
Pair = dict[str, Any]
Document = Mapping[str, Any]


class Decision(StrEnum):
    OPEN = ""
    SAME = "same"
    OTHER = "other"
    UNCLEAR = "unclear"


DECIDED = ("decision", "reason", "by", "at")


def merged(old: Document, found: Sequence[Candidate], kinds: Mapping[str, str], most: int) -> dict[str, Any]:
    """The result after a new screening. A pair that was decided stays so, unless the entry says something else now.

    What is found no longer stays where somebody decided on it, and is marked as gone.
    """
    known = {pair["entity"]: pair for pair in old.get("pairs", [])}
    now = [_paired(one, known.pop(one.entry.id, None), kinds) for one in found]
    decided = [pair for pair in now if pair["decision"]]
    fresh = [pair for pair in now if not pair["decision"]]
    gone = [pair | {"gone": True} for pair in known.values() if pair["decision"] or pair["before"]]
    pairs = sorted([*decided, *fresh[:most]], key=lambda pair: -pair["score"])
    return {"pairs": [*pairs, *gone], "left_out": len(fresh[most:])}


def _paired(one: Candidate, known: Pair | None, kinds: Mapping[str, str]) -> Pair:
    pair: Pair = {
        "id": random_id().hex if known is None else known["id"],
        "entity": one.entry.id,
        "list": one.list,
        "digest": one.digest,
        "entry": asdict(one.entry),
        "score": one.weighed.score,
        "sure": one.weighed.sure,
        "parts": {part: str(outcome) for part, outcome in one.weighed.parts.items()},
        "kinds": kinds_of(one.entry.datasets, kinds),
        "unknown": [name for name in one.entry.datasets if name.casefold() not in kinds],
        "before": None,
        "gone": False,
        **dict.fromkeys(DECIDED, ""),
    }
    if known is None:
        return pair
    if _is_as_decided(known, pair):
        return pair | {name: known[name] for name in (*DECIDED, "before")}
    earlier = {name: known[name] for name in DECIDED} if known["decision"] else known["before"]
    return pair | {"before": earlier}


def _is_as_decided(known: Pair, pair: Pair) -> bool:
    """The entry is the same one, and no birth date fits that did not fit then."""
    same_birth: bool = known["parts"].get("birth") == pair["parts"]["birth"]
    return same_birth and known["digest"] == pair["digest"]


def kinds_of(datasets: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """What a hit means; a list that nobody has classified is a lead. Of leads nothing is said beside more than that."""
    found = {kinds.get(name.casefold(), LEAD) for name in datasets} or {LEAD}
    strong = [kind for kind in (OBSTACLE, RISK) if kind in found]
    return strong or [LEAD]


def pair_of(document: Document, pair_id: str) -> Pair | None:
    return next((pair for pair in document.get("pairs", []) if pair["id"] == pair_id), None)


def decided(document: Document, pair_id: str, **decision: str) -> dict[str, Any]:
    """The result with one more decision in it."""
    pairs = [pair | decision if pair["id"] == pair_id else pair for pair in document["pairs"]]
    return {**document, "pairs": pairs}


def numbers(document: Document) -> dict[str, int]:
    """What may stand in clear: how many pairs there are of each sort."""
    here = [pair for pair in document.get("pairs", []) if not pair["gone"]]
    counting = [pair for pair in here if pair["decision"] != Decision.OTHER]
    kinds = {kind: sum(kind in pair["kinds"] for pair in counting) for kind in (OBSTACLE, RISK, LEAD)}
    return {
        "open": sum(not pair["decision"] for pair in here),
        **kinds,
        "same": sum(pair["decision"] == Decision.SAME for pair in here),
        "unclear": sum(pair["decision"] == Decision.UNCLEAR for pair in here),
    }


def entry_of(pair: Pair) -> Entry:
    return Entry(**pair["entry"])
