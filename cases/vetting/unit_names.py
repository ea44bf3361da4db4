"""What a military unit is called, in every alphabet and abbreviation: 64-я омсбр, 64th Motor Rifle Brigade, в/ч 51460.

A key says that two writings may mean one unit. “Guards”, “separate” and names of honour do not count: people leave them out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from cases.names.keys import key as name_key
from cases.names.sound import roman
from cases.names.tokens import fold, words

# From the smallest on.
LEVELS = ("company", "battalion", "regiment", "brigade", "division", "corps", "army")
COMPANY, BATTALION, REGIMENT, BRIGADE, DIVISION, CORPS, ARMY = LEVELS
# Shorter numbers count a unit among its like; from here on it is the number of a military unit (в/ч).
SHORTEST_CODE = 5

_LEVEL_STEMS = (
    ("divizion", BATTALION),
    ("divi[sz]i", DIVISION),
    ("brig", BRIGADE),
    ("polk|regim", REGIMENT),
    ("batal|battal|batail|bn$", BATTALION),
    ("rot[aiyeou]|compan|compagn", COMPANY),
    ("corps|korpus", CORPS),
    ("arm(y$|ies$|ii|iy|ee)", ARMY),
)
# Where a name holds several, the first of this list counts: air assault is no assault, air defence is not airborne.
_ARM_STEMS = (
    ("air defence", "zenit|pvo|antiair|defen"),
    ("special", "spets|spec|spn"),
    ("airborne", "air$|airb|aero|desant|parash|parac|vdv"),
    ("marine", "marin|naval|morsk"),
    ("reconnaissance", "recon|razved"),
    ("aviation", "aviat|aviac|bomb|istreb|vertol|helico"),
    ("missile", "missil|raket"),
    ("artillery", "artil"),
    ("engineer", "inzhen|engin|saper|sapper|genie"),
    ("signals", "sv[iy]?az|signal"),
    ("motor rifle", "moto|rifle|strelk|fusil"),
    ("tank", "tank|chars$|blind"),
    ("combined arms", "combin|obshchev|interarm"),
    ("assault", "assault|assaut|shturm"),
)
_ARMS = tuple(arm for arm, _stems in _ARM_STEMS)
_SHORT_ARMS = {
    **{"ms": "motor rifle", "t": "tank", "zr": "air defence"},
    **dict.fromkeys(("dsh", "pd", "vd"), "airborne"),
}
_SHORT_LEVELS = {"br": BRIGADE, "d": DIVISION, "p": REGIMENT, "b": BATTALION, "r": COMPANY}
_SHORT = {
    arm + level: (_SHORT_ARMS[arm], _SHORT_LEVELS[level]) for arm in _SHORT_ARMS for level in _SHORT_LEVELS
}
_SHORT |= {
    **{"abr": ("artillery", BRIGADE), "ap": ("artillery", REGIMENT), "rbr": ("missile", BRIGADE)},
    **{"rb": ("reconnaissance", BATTALION), "bs": ("signals", BATTALION), "mp": ("marine", "")},
    **dict.fromkeys(("brspn", "spnbr"), ("special", BRIGADE)),
    **dict.fromkeys(("brmp", "mpbr"), ("marine", BRIGADE)),
    **{"pmp": ("marine", REGIMENT), "bmp": ("marine", BATTALION), "tbad": ("aviation", DIVISION)},
    **dict.fromkeys(("oa", "caa"), ("combined arms", ARMY)),
    **{"ta": ("tank", ARMY), "ak": ("", CORPS), "mrb": ("motor rifle", BRIGADE)},
    **{"mrr": ("motor rifle", REGIMENT), "mrd": ("motor rifle", DIVISION)},
}
# Separate, Guards: омсбр, гмсд.
_PREFIX = re.compile("(?:o|s)?(?:gv?)?")
_LEVEL_WORDS = [(re.compile(stems), level) for stems, level in _LEVEL_STEMS]
_ARM_WORDS = [(re.compile(stems), arm) for arm, stems in _ARM_STEMS]
_NOT_A_NAME = re.compile(
    "otdel|separ|gv|guard|garde|voisk|chast|militar|milita|russ|ross|feder|force|vooruzh|armed|arms|red$|banner|krasn|"
    "zna[mn]|group|grupp|called|imeni|named|bataill?on|infant|pekhot|unit"
)
_SMALL = frozenset(
    [
        "th",
        "st",
        "nd",
        "rd",
        "e",
        "er",
        "eme",
        "ia",
        "i",
        "y",
        "oi",
        "yi",
        "aia",
        "ya",
        "go",
        "ym",
        "oy",
        "v",
        "ch",
        "vch",
        "of",
        "the",
        "de",
        "la",
        "le",
        "du",
        "des",
        "no",
        "nr",
        "n",
        "num",
        "so",
        "a",
        "and",
        "et",
        "pmc",
        "chvk",
    ]
)
_HUMP = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")


@dataclass(frozen=True)
class UnitKey:
    """The number of a military unit, or its number among its like, or nothing but a name."""

    code: str = ""
    number: str = ""
    arm: str = ""
    level: str = ""
    words: frozenset[str] = field(default=frozenset())

    def fits(self, other: "UnitKey") -> bool:
        """Whether both can mean one unit; what one side does not say cannot contradict."""
        if self.code or other.code:
            return self.code == other.code
        if self.number != other.number or not (self.number or self.words):
            return False
        named = bool(self.number) or self.words == other.words
        return named and _agree(self.arm, other.arm) and _agree(self.level, other.level)

    @property
    def mark(self) -> str:
        """What two keys that fit have in common, for an index."""
        return self.code or self.number or " ".join(sorted(self.words))


@lru_cache(maxsize=20_000)
def unit_keys(text: str) -> tuple[UnitKey, ...]:
    """Every unit that a text names, the smallest first: “2 мсб 64 омсбр” names a battalion and its brigade."""
    tokens = [roman(token) or token for token in words(_HUMP.sub(" ", fold(text)))]
    numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
    if not numbers:
        named = _named(tokens)
        return (named,) if named.words else ()
    ends = [*numbers[1:], len(tokens)]
    found = [_numbered(tokens[at], tokens[at + 1 : end]) for at, end in zip(numbers, ends, strict=True)]
    if not found[0].level:
        found[0] = _numbered(tokens[numbers[0]], [*tokens[: numbers[0]], *tokens[numbers[0] + 1 : ends[0]]])
    telling = [one for one in found if one.code or one.level or one.arm] or found
    return tuple(sorted(dict.fromkeys(telling), key=_size))


def unit_key(text: str) -> UnitKey | None:
    """The smallest unit that a text names; None where it names none."""
    return next(iter(unit_keys(text)), None)


def own_keys(
    number: str, name: str, spellings: Iterable[str] = ()
) -> tuple[frozenset[UnitKey], frozenset[UnitKey]]:
    """The keys of a unit written with number, name and other spellings, and those of the units named above it."""
    own: set[UnitKey] = set()
    above: set[UnitKey] = set()
    for text in (f"{number} {name}", *spellings):
        keys = unit_keys(text)
        numbered = [one for one in keys if not one.code]
        own.update(one for one in keys if one.code)
        own.update(numbered[:1])
        above.update(numbered[1:])
    return frozenset(own), frozenset(above)


def _numbered(number: str, rest: list[str]) -> UnitKey:
    arm, level, _names = _read(rest)
    number = number.lstrip("0") or "0" if len(number) < SHORTEST_CODE else number
    if len(number) >= SHORTEST_CODE:
        return UnitKey(code=number)
    return UnitKey(number=number, arm=arm, level=level)


def _named(tokens: list[str]) -> UnitKey:
    arm, level, names = _read(tokens)
    return UnitKey(arm=arm, level=level, words=frozenset(filter(None, map(name_key, names))))


def _read(tokens: Iterable[str]) -> tuple[str, str, list[str]]:
    """What the words say: the arm, how large the unit is, and what is left as its name."""
    arms, levels, names = [], [], []
    for token in tokens:
        arm, level = _meaning(token)
        arms.append(arm)
        levels.append(level)
        if not (arm or level or token in _SMALL or _NOT_A_NAME.match(token)):
            names.append(token)
    level = CORPS if CORPS in levels else next(filter(None, levels), "")
    return next((arm for arm in _ARMS if arm in arms), ""), level, names


def _meaning(token: str) -> tuple[str, str]:
    for short in (token, _PREFIX.sub("", token, count=1)):
        if short in _SHORT:
            return _SHORT[short]
    arm = next((arm for stems, arm in _ARM_WORDS if stems.match(token)), "")
    return arm, next((level for stems, level in _LEVEL_WORDS if stems.match(token)), "")


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _size(one: UnitKey) -> int:
    return LEVELS.index(one.level) if one.level else -1
